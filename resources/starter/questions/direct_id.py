"""Plain sums in Indonesian: how people ask for one operation. {a} and {b} are the numbers of a op b."""

LISTS = {
    "what": ["berapa", "berapakah", "berapa hasil", "berapa hasil dari", "hitung", "hitunglah", "tolong hitung", "tolong hitungkan", "carilah", "cari", "coba hitung", "tentukan",
             "bisa (hitung|hitungkan)", "bisakah kamu menghitung", "saya mau tahu", "saya ingin tahu", "aku mau tau", "berapa ya", "hasil dari", "hasil", "apa hasil dari", "apa hasil",
             "selesaikan", "kerjakan", "bantu hitung", "berapa nilai[ dari]", "kasih tahu", "jawab", "brp", "berapa sih", "jadi berapa", "mohon hitung", "ayo hitung", "nilai dari", "kalau"],
}

ADD = [
    "{a}+{b}", "{a} + {b}", "{a}+{b}=", "{a} + {b} =", "{a} + {b} = ?", "{a}+{b} berapa", "<what> {a}+{b}", "<what> {a} + {b}", "<what> {a} + {b}", "<what> {a} tambah {b}", "<what> {a} tambah {b}", "<what> {a} ditambah {b}", "<what> {a} ditambah dengan {b}",
    "{a} tambah {b}", "{a} tambah {b} (berapa|jadi berapa|sama dengan|sama dengan berapa|hasilnya berapa)", "{a} ditambah {b} (berapa|jadi berapa|sama dengan|hasilnya)", "jumlah {a} dan {b}", "berapa jumlah[ dari] {a} dan {b}", "jumlahkan {a} dan {b}", "jumlahkan {a} dengan {b}",
    "tambahkan {b} ke {a}", "tambahkan {a} dan {b}", "tambahkan {b} pada {a}", "tambah {a} dengan {b}", "tolong jumlahkan {a} (dan|dengan) {b}", "tolong tambahkan {a} (dan|dengan) {b}", "total {a} dan {b}", "berapa total[ dari] {a} dan {b}", "totalkan {a} dan {b}",
    "gabungkan {a} dan {b}", "kalau {a} ditambah {b} (jadi berapa|berapa|hasilnya berapa)", "jika {a} ditambah {b}, (berapa hasilnya|hasilnya berapa)", "penjumlahan {a} dan {b}", "hasil penjumlahan {a} dan {b}", "berapa {a} dan {b} (digabung|dijumlahkan|bersama-sama)",
    "{a} dan {b} dijumlahkan", "{a} dan {b} kalau dijumlah berapa", "{a} dan {b} jadi berapa[ semuanya]", "{a} plus {b}", "<what> {a} plus {b}", "naikkan {a} sebanyak {b}", "{a} naik {b} jadi berapa", "bilangan yang {b} lebih (besar|banyak) dari {a}", "angka berapa yang {b} lebih dari {a}",
    "{b} lebih dari {a} itu berapa", "mulai dari {a}, tambah {b}", "ambil {a} lalu tambahkan {b}", "bisakah kamu menjumlahkan {a} dan {b}", "ada dua bilangan {a} dan {b}, berapa jumlahnya", "jumlahnya {a} dan {b} berapa", "berapa semuanya {a} dan {b}", "{a} ditambah lagi {b}",
    "saya punya {a} ditambah {b}, berapa (totalnya|semuanya|jumlahnya)", "berapa hasil penjumlahan {a} dan {b}", "berapa jadinya {a} ditambah {b}", "satukan {a} dan {b}", "tambahin {b} ke {a}", "jumlahin {a} sama {b}", "{a} sama {b} dijumlah berapa", "berapa {a} sama {b} totalnya", "angkanya {a} dan {b}, tolong dijumlahkan",
]

SUBTRACT = [
    "{a}-{b}", "{a} - {b}", "{a}-{b}=", "{a} - {b} =", "{a} - {b} = ?", "{a}-{b} berapa", "<what> {a}-{b}", "<what> {a} - {b}", "<what> {a} - {b}", "<what> {a} kurang {b}", "<what> {a} dikurang {b}", "<what> {a} dikurangi {b}", "<what> {a} dikurangi dengan {b}", "{a} kurang {b}",
    "{a} kurang {b} (berapa|jadi berapa|sama dengan|sama dengan berapa|hasilnya berapa)", "{a} dikurangi {b} (berapa|jadi berapa|sama dengan|hasilnya)", "{a} dikurang {b}", "selisih {a} dan {b}", "berapa selisih[ antara] {a} dan {b}", "selisih antara {a} dan {b}", "cari selisih {a} dan {b}", "kurangi {a} dengan {b}", "kurangkan {b} dari {a}",
    "kurangi {a} sebanyak {b}", "tolong kurangi {a} dengan {b}", "tolong kurangkan {b} dari {a}", "ambil {b} dari {a}", "buang {b} dari {a}", "kalau {a} dikurangi {b} (jadi berapa|berapa|sisanya berapa)", "jika {a} dikurangi {b}, (berapa hasilnya|berapa sisanya)", "pengurangan {a} dan {b}", "hasil pengurangan {a} dengan {b}",
    "berapa sisa {a} (jika|kalau|setelah) (diambil|dikurangi|dibuang) {b}", "{a} diambil {b} (sisa berapa|tinggal berapa|berapa sisanya)", "{a} tanpa {b}", "{a} minus {b}", "<what> {a} minus {b}", "turunkan {a} sebanyak {b}", "{a} turun {b} jadi berapa", "berapa beda {a} dan {b}", "beda {a} dengan {b} berapa", "perbedaan {a} dan {b}", "berapa lebihnya {a} dari {b}",
    "bilangan yang {b} lebih (kecil|sedikit) dari {a}", "angka berapa yang {b} kurang dari {a}", "{b} kurang dari {a} itu berapa", "mulai dari {a}, kurangi {b}", "ambil {a} lalu kurangi {b}", "berapa yang harus ditambahkan ke {b} supaya jadi {a}", "{b} ditambah berapa (jadi|sama dengan|supaya) {a}", "{b} tambah berapa supaya {a}", "berapa lagi dari {b} ke {a}",
    "seberapa besar {a} dibanding {b}, selisihnya", "dari {a} kurangi {b}", "dari {a} ambil {b}, tinggal berapa", "ada dua bilangan {a} dan {b}, berapa selisihnya", "saya punya {a} dikurangi {b}, berapa (sisanya|tinggalnya|hasilnya)", "berapa hasil pengurangan {a} oleh {b}", "kurangin {a} sama {b}", "{a} dipotong {b} (berapa|sisa berapa|jadi berapa)", "potong {b} dari {a}", "berapa jadinya {a} dikurangi {b}",
]

MULTIPLY = [
    "{a}×{b}", "{a} × {b}", "{a}*{b}", "{a} * {b}", "{a}x{b}", "{a} x {b}", "{a} × {b} =", "{a}x{b}=", "{a} x {b} berapa", "<what> {a}×{b}", "<what> {a} × {b}", "<what> {a} x {b}", "<what> {a} * {b}", "<what> {a} kali {b}", "<what> {a} kali {b}", "<what> {a} dikali {b}", "<what> {a} dikalikan {b}", "<what> {a} dikalikan dengan {b}", "{a} kali {b}",
    "{a} kali {b} (berapa|jadi berapa|sama dengan|sama dengan berapa|hasilnya berapa)", "{a} dikali {b} (berapa|jadi berapa|sama dengan|hasilnya)", "kalikan {a} dengan {b}", "kalikan {a} dan {b}", "tolong kalikan {a} (dan|dengan) {b}", "hasil kali {a} dan {b}", "berapa hasil kali {a} (dan|dengan) {b}", "perkalian {a} dan {b}", "hasil perkalian {a} (dan|dengan) {b}",
    "kalau {a} dikali {b} (jadi berapa|berapa|hasilnya berapa)", "jika {a} dikalikan {b}, (berapa hasilnya|hasilnya berapa)", "bisakah kamu mengalikan {a} dan {b}", "ambil {a} lalu kalikan {b}", "mulai dari {a}, kalikan {b}", "{a} sebanyak {b} kali", "{b} kali lipat dari {a}", "berapa {b} kali lipat {a}", "lipatkan {a} sebanyak {b} kali",
    "ada dua bilangan {a} dan {b}, berapa hasil kalinya", "berapa jadinya {a} dikali {b}", "kaliin {a} sama {b}", "{a} dan {b} dikalikan", "{a} dan {b} kalau dikali berapa", "{a} kelompok berisi {b}", "berapa {a} kelompok isi {b}", "angkanya {a} dan {b}, tolong dikalikan", "berapa hasil perkalian {a} dan {b}",
]

DIVIDE = [
    "{a}÷{b}", "{a} ÷ {b}", "{a}/{b}", "{a} / {b}", "{a}:{b}", "{a} : {b}", "{a} : {b} =", "{a}/{b}=", "{a} : {b} berapa", "<what> {a}÷{b}", "<what> {a} ÷ {b}", "<what> {a} : {b}", "<what> {a} : {b}", "<what> {a} / {b}", "<what> {a} bagi {b}", "<what> {a} dibagi {b}", "<what> {a} dibagi {b}", "<what> {a} dibagi dengan {b}", "{a} bagi {b}", "{a} dibagi {b}",
    "{a} bagi {b} (berapa|jadi berapa|sama dengan|sama dengan berapa|hasilnya berapa)", "{a} dibagi {b} (berapa|jadi berapa|sama dengan|hasilnya)", "bagi {a} dengan {b}", "bagilah {a} dengan {b}", "bagikan {a} kepada {b}", "tolong bagi {a} dengan {b}", "hasil bagi {a} (dan|dengan|oleh) {b}", "berapa hasil bagi {a} (dan|dengan) {b}", "pembagian {a} dengan {b}", "hasil pembagian {a} (oleh|dengan) {b}",
    "kalau {a} dibagi {b} (jadi berapa|berapa|hasilnya berapa)", "jika {a} dibagi {b}, (berapa hasilnya|hasilnya berapa)", "{a} dibagi rata (untuk|ke|menjadi) {b}", "{a} dibagi menjadi {b} bagian[ sama besar]", "bagi {a} menjadi {b} (bagian|kelompok)[ sama besar|]", "berapa kali {b} (masuk ke|muat dalam|dalam) {a}", "{b} masuk ke {a} berapa kali", "ada berapa {b} dalam {a}", "{a} dibagi {b} sisa berapa",
    "berapa sisa {a} dibagi {b}", "berapa sisa pembagian {a} oleh {b}", "{a} dibagi {b} beserta sisanya", "bisakah kamu membagi {a} dengan {b}", "ambil {a} lalu bagi {b}", "mulai dari {a}, bagi {b}", "pecah {a} menjadi {b} bagian", "ada dua bilangan {a} dan {b}, berapa hasil baginya", "berapa jadinya {a} dibagi {b}", "bagiin {a} sama {b}", "berapa kelompok isi {b} dari {a}", "seper {b} dari {a}", "berapa hasil pembagian {a} dan {b}",
]

CHAIN = [
    "{e}", "{e} =", "{e}=", "<what> {e}", "<what> {e}", "<what> {e}", "{e} berapa", "{e} = ?", "{e} jadi berapa", "{e} sama dengan berapa", "tolong selesaikan {e}", "hitung: {e}", "hasilnya berapa {e}", "{e} hasilnya", "coba {e}", "sekarang {e}",
]
SIGNS = {"+": ["+", "+", "tambah", "ditambah"], "-": ["-", "−", "kurang", "dikurangi"], "×": ["×", "x", "*", "kali", "dikali"], "÷": [":", "÷", "/", "bagi", "dibagi"]}
BEGIN = {
    "+": ["tambahkan {a} dan {b}", "ambil {a}, tambah {b}", "mulai dari {a}, tambah {b}", "{a} tambah {b}", "jumlahkan {a} dan {b}", "saya punya {a} lalu dapat {b} lagi"],
    "-": ["kurangi {a} dengan {b}", "ambil {a}, kurangi {b}", "mulai dari {a}, kurangi {b}", "{a} kurang {b}", "saya punya {a} lalu hilang {b}"],
    "×": ["kalikan {a} dengan {b}", "ambil {a}, kalikan {b}", "{a} kali {b}", "mulai dari {a}, kali {b}"],
    "÷": ["bagi {a} dengan {b}", "ambil {a}, bagi {b}", "{a} dibagi {b}", "mulai dari {a}, bagi dengan {b}"],
}
THEN = {
    "+": ["(lalu|kemudian|terus|dan) tambah {c}", "(lalu|kemudian) tambahkan {c}", "ditambah lagi {c}", "(lalu|terus) ditambah {c}"],
    "-": ["(lalu|kemudian|terus|dan) kurangi {c}", "(lalu|kemudian) kurangi dengan {c}", "dikurangi lagi {c}", "(lalu|terus) dikurangi {c}"],
    "×": ["(lalu|kemudian|terus|dan) kalikan {c}", "(lalu|kemudian) kalikan dengan {c}", "(lalu|terus) dikali {c}"],
    "÷": ["(lalu|kemudian|terus|dan) bagi {c}", "(lalu|kemudian) bagi dengan {c}", "(lalu|terus) dibagi {c}"],
}
ENDS = ["", "", ". berapa hasilnya", ". jadi berapa", ", berapa", ", tolong", ". hasilnya berapa", ". berapa jadinya"]
DOUBLES = [("dua kali {a}", 2), ("dua kali lipat {a}", 2), ("berapa dua kali lipat[ dari] {a}", 2), ("tiga kali {a}", 3), ("berapa tiga kali {a}", 3), ("tiga kali lipat dari {a}", 3), ("gandakan {a}", 2), ("empat kali lipat {a}", 4)]
HALVES = [("setengah dari {a}", 2), ("berapa setengah[ dari] {a}", 2), ("separuh {a}", 2), ("berapa separuh dari {a}", 2), ("sepertiga dari {a}", 3), ("berapa sepertiga {a}", 3), ("seperempat dari {a}", 4), ("berapa seperempat {a}", 4), ("seperlima dari {a}", 5), ("bagi dua {a}", 2)]
