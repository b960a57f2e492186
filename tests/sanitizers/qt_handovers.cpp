// Tells the thread sanitizer that what one thread posts happens before what another one does with
// it. Qt is not compiled for the sanitizer, and its queues are locked by futexes of its own, so
// every value that goes from thread to thread by QMetaObject::invokeMethod or a signal would be
// reported. These three functions of Qt, which every such hand-over begins with, stand here in
// place of Qt's own: they add the two marks and call them.
//
// Only linked where everything is compiled with -fsanitize=thread.
#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>

#include <QtCore/QObject>

namespace {

// Runs another slot behind a mark: its own, of who made it, and that of the sender of a signal.
class Marked : public QtPrivate::QSlotObjectBase {
public:
    Marked(QtPrivate::QSlotObjectBase* slot, const void* mark)
        : QSlotObjectBase(&run), slot_(slot), mark_(mark) {
        __tsan_release(this);
    }

private:
    static void run(int which, QSlotObjectBase* base, QObject* receiver, void** arguments,
                    bool* same) {
        auto* self = static_cast<Marked*>(base);
        __tsan_acquire(self);
        if (self->mark_ != nullptr) __tsan_acquire(const_cast<void*>(self->mark_));
        if (which == Call) {
            self->slot_->call(receiver, arguments);
            __tsan_release(self);  // whoever posted it may be the last to let go of it
        } else if (which == Compare) {
            *same = self->slot_->compare(arguments);
        } else if (which == Destroy) {
            self->slot_->destroyIfLastRef();
            delete self;
        }
    }

    QtPrivate::QSlotObjectBase* slot_;
    const void* mark_;
};

template <class Function>
Function* qt(Function*, const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

bool QMetaObject::invokeMethodImpl(QObject* object, QtPrivate::QSlotObjectBase* slot,
                                   Qt::ConnectionType type, void* result) {
    static const auto next = qt(&invokeMethodImpl,
                                "_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15"
                                "QSlotObjectBaseEN2Qt14ConnectionTypeEPv");
    return next(object, new Marked(slot, nullptr), type, result);
}

void QMetaObject::activate(QObject* sender, const QMetaObject* object, int signal,
                           void** arguments) {
    using Activate = void(QObject*, const QMetaObject*, int, void**);
    static const auto next =
        qt(static_cast<Activate*>(&activate), "_ZN11QMetaObject8activateEP7QObjectPKS_iPPv");
    __tsan_release(sender);
    next(sender, object, signal, arguments);
}

QMetaObject::Connection QObject::connectImpl(const QObject* sender, void** signal,
                                             const QObject* receiver, void** slot_address,
                                             QtPrivate::QSlotObjectBase* slot,
                                             Qt::ConnectionType type, const int* types,
                                             const QMetaObject* object) {
    static const auto next = qt(&connectImpl,
                                "_ZN7QObject11connectImplEPKS_PPvS1_S3_PN9QtPrivate15QSlotObjectBas"
                                "eEN2Qt14ConnectionTypeEPKiPK11QMetaObject");
    return next(sender, signal, receiver, slot_address, new Marked(slot, sender), type, types,
                object);
}
