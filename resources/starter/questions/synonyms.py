"""Words that stand for each other in questions on Deepwell: strangers choose others than the authors."""
import re

GROUPS = {
    "en": [
        ["conversation", "chat", "dialogue", "discussion", "thread", "talk", "session"], ["conversations", "chats", "dialogues", "discussions", "threads", "talks", "sessions"],
        ["answer", "reply", "response", "output"], ["answers", "replies", "responses"], ["question", "prompt", "message", "query", "request"], ["questions", "prompts", "messages", "queries"],
        ["program", "app", "software", "tool", "application"], ["delete", "remove", "erase", "trash", "get rid of"], ["stop", "halt", "abort", "interrupt", "cancel", "end"],
        ["change", "alter", "modify", "adjust"], ["switch", "change", "swap"], ["find", "locate", "look up"], ["start", "begin", "launch", "open"], ["bigger", "larger", "greater"], ["big", "large", "huge"], ["small", "tiny", "little"],
        ["thought", "thinking", "reasoning", "thoughts"], ["gpu", "graphics card", "video card", "card", "GPU"], ["folder", "directory", "place"], ["file", "document"], ["computer", "machine", "PC", "laptop", "system"], ["window", "screen"],
        ["button", "key", "shortcut"], ["keys", "shortcuts", "hotkeys"], ["settings", "options", "preferences", "configuration"], ["internet", "network", "web"], ["memory", "RAM", "VRAM"], ["save", "store", "keep"], ["text", "words", "writing"], ["fast", "quick"], ["slow", "sluggish"],
        ["show", "display"], ["hide", "conceal"], ["get", "obtain", "fetch"], ["use", "employ", "work with"], ["need", "require"], ["model", "LLM", "neural net", "AI model"], ["title", "name"], ["copy", "duplicate"], ["language", "tongue"], ["dark", "black", "night"], ["cost", "price"],
    ],
    "id": [
        ["percakapan", "obrolan", "chat", "diskusi", "dialog", "sesi"], ["jawaban", "balasan", "respons", "keluaran"], ["pertanyaan", "pesan", "prompt", "permintaan"], ["program", "aplikasi", "perangkat lunak", "app"], ["menghapus", "membuang", "menghilangkan", "hapus"],
        ["menghentikan", "membatalkan", "memutus", "menyetop", "stop"], ["mengubah", "mengganti", "menyetel", "ganti"], ["mencari", "menemukan", "cari"], ["memulai", "membuka", "mulai"], ["besar", "gede"], ["kecil", "mungil"], ["pikiran", "proses berpikir", "penalaran"], ["gpu", "kartu grafis", "vga", "kartu"],
        ["folder", "direktori", "map"], ["berkas", "file", "dokumen"], ["komputer", "laptop", "PC", "mesin"], ["jendela", "layar"], ["tombol", "pintasan", "shortcut"], ["pengaturan", "setelan", "opsi", "konfigurasi"], ["internet", "jaringan", "web"], ["memori", "RAM", "VRAM"], ["menyimpan", "simpan"], ["teks", "tulisan"], ["lambat", "pelan", "lemot"],
        ["bagaimana cara", "gimana", "cara", "bagaimana"], ["memakai", "menggunakan", "pakai"], ["perlu", "butuh", "memerlukan"], ["melihat", "menampilkan", "lihat"], ["saya", "aku", "gue"], ["model", "LLM", "model AI"], ["judul", "nama"], ["menyalin", "kopi", "salin"], ["apakah", "apa"], ["di mana", "dimana", "mana"], ["mendapatkan", "memperoleh", "dapat"],
    ],
}
_TABLE = {lang: {} for lang in GROUPS}
for _lang, _groups in GROUPS.items():
    for _group in _groups:
        for _word in _group:
            _TABLE[_lang].setdefault(_word, _group)
_FIND = {lang: re.compile(r"(?<![\w.~/+-])(" + "|".join(sorted(map(re.escape, table), key=len, reverse=True)) + r")(?![\w/~-]|\.\w)") for lang, table in _TABLE.items()}


def exchange(rng, text, lang, share=0.3):
    """Each word that has synonyms is replaced with this chance."""
    return _FIND[lang].sub(lambda m: rng.choice(_TABLE[lang][m.group(1)]) if rng.random() < share else m.group(1), text)
