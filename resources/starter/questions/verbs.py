"""Orders to calculate, put together from a verb and a frame, so that each verb is met in many frames.

A verb is written in the forms that the frames of its group use. LISTS[language][operation] holds the
templates; {a} and {b} are the numbers, and the order of a template is that of the operation.
"""

# English: what is done (grow), what is done to it (grown), doing it (growing).
_BY_UP = """increase increased increasing|raise raised raising|boost boosted boosting|enlarge enlarged enlarging|advance advanced advancing|bump~up bumped~up bumping~up|step~up stepped~up stepping~up
push~up pushed~up pushing~up|lift lifted lifting|extend extended extending|augment augmented augmenting|expand expanded expanding|move~up moved~up moving~up|top~up topped~up topping~up|bring~up brought~up bringing~up
grow grown growing|hike hiked hiking|turn~up turned~up turning~up"""
_BY_DOWN = """decrease decreased decreasing|reduce reduced reducing|lower lowered lowering|cut cut cutting|diminish diminished diminishing|lessen lessened lessening|shrink shrunk shrinking|trim trimmed trimming
shorten shortened shortening|bring~down brought~down bringing~down|step~down stepped~down stepping~down|knock~down knocked~down knocking~down|cut~back cut~back cutting~back|scale~down scaled~down scaling~down
drop dropped dropping|take~down taken~down taking~down|mark~down marked~down marking~down|turn~down turned~down turning~down|move~down moved~down moving~down"""
_BY = ["{V} {a} by {b}", "{V} {a} by {b}", "can you {V} {a} by {b}", "could you {V} {a} by {b}", "what is {a} {P} by {b}", "{a} {P} by {b}", "{a} is {P} by {b}. what is it now", "if you {V} {a} by {b}, what do you get", "what do i get when i {V} {a} by {b}", "{a}, {P} by {b}", "{G} {a} by {b}", "what does {G} {a} by {b} give", "take {a} and {V} it by {b}", "i {V} {a} by {b}. result", "{a} was {P} by {b}, what is it now", "{V} the number {a} by {b}", "what is the result if {a} is {P} by {b}", "start at {a} and {V} by {b}"]
_JOIN = """combine combined combining|join joined joining|merge merged merging|sum~up summed~up summing~up|sum summed summing|pool pooled pooling|unite united uniting|put~together put~together putting~together|lump~together lumped~together lumping~together
total totalled totalling|tally~up tallied~up tallying~up|add~up added~up adding~up|count~together counted~together counting~together|add~together added~together adding~together|gather gathered gathering|add added adding"""
_JOINED = ["{V} {a} and {b}", "{V} {a} and {b}", "{V} {a} with {b}", "can you {V} {a} and {b}", "could you {V} {a} and {b}", "{a} and {b} {P}", "what do {a} and {b} make when {P}", "if i {V} {a} and {b}, what do i get", "{G} {a} and {b}", "the result of {G} {a} and {b}", "what does {G} {a} and {b} give", "{V} these two: {a}, {b}", "what is {a} {P} with {b}", "{V} the numbers {a} and {b}"]
_ATTACH = "add added adding|attach attached attaching|append appended appending|join joined joining|bring brought bringing|give given giving|throw thrown throwing|put put putting"
_ATTACHED = ["{V} {b} to {a}", "{V} another {b} to {a}", "can you {V} {b} to {a}", "{b} {P} to {a}", "if {b} is {P} to {a}", "what is {a} when {b} is {P} to it", "{G} {b} to {a}", "to {a} {V} {b}", "what do you get if you {V} {b} to {a}"]
_AWAY = """subtract subtracted subtracting|deduct deducted deducting|remove removed removing|take taken taking|take~away taken~away taking~away|withdraw withdrawn withdrawing|strip stripped stripping|cut cut cutting|discard discarded discarding|clip clipped clipping
shave shaved shaving|pull pulled pulling|extract extracted extracting|chop chopped chopping|strike struck striking|eliminate eliminated eliminating|erase erased erasing|exclude excluded excluding|drop dropped dropping|draw drawn drawing|delete deleted deleting|steal stolen stealing"""
_FROM = ["{V} {b} from {a}", "{V} {b} from {a}", "can you {V} {b} from {a}", "could you {V} {b} from {a}", "{b} {P} from {a}", "{G} {b} from {a}", "what is left when {b} is {P} from {a}", "if i {V} {b} from {a}", "from {a} {V} {b}", "from {a}, {b} is {P}. what remains", "what does {G} {b} from {a} leave", "what remains of {a} if you {V} {b}", "{a} with {b} {P}", "how much is {a} after {b} is {P}"]
_TIMES = "multiply multiplied multiplying|scale scaled scaling|scale~up scaled~up scaling~up"
_TIMED = ["{V} {a} by {b}", "can you {V} {a} by {b}", "could you {V} {a} by {b}", "{V} {a} with {b}", "{V} {a} times {b}", "what is {a} {P} by {b}", "{a} {P} by {b}", "{a} {P} with {b}", "if you {V} {a} by {b}, what do you get", "{G} {a} by {b}", "what does {G} {a} by {b} give", "take {a} and {V} it by {b}", "{V} {a} and {b}", "{V} the numbers {a} and {b}", "what do {a} and {b} make when {P}"]
_PART = """divide divided dividing|split split splitting|share shared sharing|partition partitioned partitioning|distribute distributed distributing|deal~out dealt~out dealing~out|break~up broken~up breaking~up|cut~up cut~up cutting~up|carve~up carved~up carving~up|separate separated separating
spread spread spreading|hand~out handed~out handing~out|parcel~out parcelled~out parcelling~out|break broken breaking|cut cut cutting|chop chopped chopping"""
_PARTED = ["{V} {a} into {b} equal parts", "{V} {a} into {b} groups", "{V} {a} into {b}", "{V} {a} among {b}", "{V} {a} among {b} people", "{V} {a} between {b}", "{V} {a} evenly among {b} friends", "can you {V} {a} into {b} equal parts", "{a} {P} into {b} equal parts", "{a} {P} among {b}", "{a} {P} between {b} people", "if you {V} {a} into {b} parts, how big is one", "{G} {a} into {b} parts", "what does each get if {a} is {P} among {b}", "{V} {a} fairly among {b}"]
_DIVIDE = "divide divided dividing|split split splitting"
_DIVIDED = ["{V} {a} by {b}", "can you {V} {a} by {b}", "{a} {P} by {b}", "what is {a} {P} by {b}", "{G} {a} by {b}", "if you {V} {a} by {b}", "take {a} and {V} it by {b}", "{a} {P} evenly by {b}", "{V} the number {a} by {b}", "what does {G} {a} by {b} give", "{V} {a} by {b} with remainder"]

# Indonesian: order, passive, by itself.
_NAIK = "tambah ditambah bertambah|naikkan dinaikkan naik|besarkan dibesarkan membesar|perbesar diperbesar membesar|tingkatkan ditingkatkan meningkat|tambahi ditambahi bertambah|perbanyak diperbanyak bertambah~banyak|kembangkan dikembangkan berkembang|majukan dimajukan maju|tinggikan ditinggikan meninggi|dongkrak didongkrak melonjak|tambahkan ditambahkan bertambah"
_TURUN = "kurangi dikurangi berkurang|turunkan diturunkan turun|kecilkan dikecilkan mengecil|perkecil diperkecil mengecil|potong dipotong terpotong|pangkas dipangkas terpangkas|susutkan disusutkan menyusut|mundurkan dimundurkan mundur|rendahkan direndahkan merosot|kurangkan dikurangkan berkurang|kurang dikurang berkurang|kurangin dikurangin berkurang|pendekkan dipendekkan memendek"
_SEBANYAK = ["{V} {a} sebanyak {b}", "{V} {a} sebesar {b}", "{V} {a} dengan {b}", "bisa {V} {a} sebanyak {b}", "tolong {V} {a} sebesar {b}", "{a} {P} {b}", "{a} {P} {b} jadi berapa", "{a} {P} sebanyak {b}", "{a} {P} dengan {b}", "{a} {G} {b}", "{a} {G} sebanyak {b}", "{a} {G} {b} jadi berapa", "kalau {a} {P} {b} jadi berapa", "jika {a} {G} {b}, hasilnya", "berapa {a} {P} {b}", "berapa hasil {a} {P} {b}", "angka {a} {P} {b}", "angka {a} {G} {b}, sekarang berapa", "ambil {a} lalu {V} sebanyak {b}", "mulai dari {a}, {V} {b}"]
_GABUNG = "gabungkan digabungkan|jumlahkan dijumlahkan|satukan disatukan|kumpulkan dikumpulkan|padukan dipadukan|totalkan ditotalkan|rekap direkap|himpun dihimpun|gabung digabung|jumlah dijumlah|total ditotal"
_DIGABUNG = ["{V} {a} dan {b}", "{V} {a} dengan {b}", "bisa {V} {a} dan {b}", "tolong {V} {a} dengan {b}", "{a} dan {b} {P}", "{a} {P} dengan {b}", "berapa kalau {a} dan {b} {P}", "jika {a} dan {b} {P} jadi berapa", "{V} angka {a} dan {b}", "hasil {a} {P} dengan {b}", "{V}: {a}, {b}"]
_AMBIL = "ambil diambil|kurangkan dikurangkan|buang dibuang|keluarkan dikeluarkan|hapus dihapus|sisihkan disisihkan|cabut dicabut|lepas dilepas|pisahkan dipisahkan|tarik ditarik|hilangkan dihilangkan|potong dipotong|jual dijual|singkirkan disingkirkan"
_DARI = ["{V} {b} dari {a}", "dari {a} {V} {b}", "tolong {V} {b} dari {a}", "bisa {V} {b} dari {a}", "{b} {P} dari {a}", "dari {a} {P} {b}", "dari {a} {P} {b}, sisanya", "kalau {b} {P} dari {a}, tinggal berapa", "{a} {P} {b} sisa berapa", "berapa sisa {a} jika {P} {b}", "jika {a} {P} {b}, tersisa berapa"]
_KALI = "kalikan dikalikan|kali dikali|kaliin dikaliin"
_DIKALI = ["{V} {a} dengan {b}", "{V} {a} dan {b}", "bisa {V} {a} dengan {b}", "tolong {V} {a} dengan {b}", "{a} {P} {b}", "{a} {P} dengan {b}", "{a} {P} {b} jadi berapa", "berapa {a} {P} {b}", "kalau {a} {P} {b} hasilnya", "hasil {a} {P} {b}", "jika {a} {P} dengan {b}", "angka {a} {P} {b}", "mulai dari {a}, {V} {b}"]
_BAGI = "bagi dibagi|bagikan dibagikan|pecah dipecah|pisahkan dipisahkan|sebar disebar|kelompokkan dikelompokkan|potong dipotong|distribusikan didistribusikan|bagi~rata dibagi~rata|belah dibelah|bagiin dibagiin"
_DIBAGI = ["{V} {a} menjadi {b} bagian", "{V} {a} jadi {b} kelompok", "{V} {a} ke {b} orang", "{V} {a} untuk {b} orang", "{V} {a} menjadi {b} bagian sama besar", "bisa {V} {a} menjadi {b} bagian", "tolong {V} {a} jadi {b}", "{a} {P} menjadi {b} bagian", "{a} {P} jadi {b} kelompok", "{a} {P} ke {b} orang", "{a} {P} untuk {b}, masing-masing berapa", "kalau {a} {P} jadi {b} bagian, satu bagian berapa", "jika {a} {P} ke {b} orang, tiap orang dapat berapa", "{V} {a} dalam {b} bagian"]


def _all(verbs, frames):
    out = []
    for verb in verbs.replace("\n", "|").split("|"):
        forms = [form.replace("~", " ") for form in verb.split(" ")]
        for frame in dict.fromkeys(frames):
            out.append(frame.replace("{V}", forms[0]).replace("{P}", forms[1]).replace("{G}", forms[-1]))
    return list(dict.fromkeys(out))


LISTS = {
    "en": {"+": _all(_BY_UP, _BY) + _all(_JOIN, _JOINED) + _all(_ATTACH, _ATTACHED), "-": _all(_BY_DOWN, _BY) + _all(_AWAY, _FROM), "×": _all(_TIMES, _TIMED), "÷": _all(_PART, _PARTED) + _all(_DIVIDE, _DIVIDED)},
    "id": {"+": _all(_NAIK, _SEBANYAK) + _all(_GABUNG, _DIGABUNG), "-": _all(_TURUN, _SEBANYAK) + _all(_AMBIL, _DARI), "×": _all(_KALI, _DIKALI), "÷": _all(_BAGI, _DIBAGI)},
}
