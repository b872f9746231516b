/* The tables of scripts.h: one a script, letters folded to lower case. Readings follow how names are usually spelt in
 * Latin, not a scholarly standard; vowels that a script does not write are not made up. */
#include "text/scripts.h"

#define AT(letter) [(letter)-FIRST]

/* ---- Latin letters that do not decompose into a plain letter and a mark ---- */
#define FIRST 0x00E0
static const char *const latin[0x0260 - FIRST] = {
    AT(U'æ') = "ae", AT(U'ð') = "d",  AT(U'ø') = "o",  AT(U'þ') = "th", AT(U'đ') = "d", AT(U'ħ') = "h", AT(U'ı') = "i",
    AT(U'ł') = "l",  AT(U'ŋ') = "ng", AT(U'œ') = "oe", AT(U'ŧ') = "t",  AT(U'ə') = "a", AT(U'ɛ') = "e", AT(U'ɔ') = "o",
    AT(U'ɓ') = "b",  AT(U'ɗ') = "d",  AT(U'ƙ') = "k",  AT(U'ǝ') = "a",  AT(U'ĸ') = "k", AT(U'ƒ') = "f",
};
#undef FIRST

/* ---- Arabic, with the letters of Persian, Urdu and Kurdish ---- */
#define FIRST 0x0620
static const char *const arabic[0x0700 - FIRST] = {
    AT(U'ء') = "",   AT(U'آ') = "a",   AT(U'أ') = "a",   AT(U'ؤ') = "u",   AT(U'إ') = "i",  AT(U'ئ') = "i",
    AT(U'ا') = "a",  AT(U'ب') = "b",   AT(U'ة') = "a",   AT(U'ت') = "t",   AT(U'ث') = "th", AT(U'ج') = "j",
    AT(U'ح') = "h",  AT(U'خ') = "kh",  AT(U'د') = "d",   AT(U'ذ') = "dh",  AT(U'ر') = "r",  AT(U'ز') = "z",
    AT(U'س') = "s",  AT(U'ش') = "sh",  AT(U'ص') = "s",   AT(U'ض') = "d",   AT(U'ط') = "t",  AT(U'ظ') = "z",
    AT(U'ع') = "a",  AT(U'غ') = "gh",  AT(U'ـ') = "",    AT(U'ف') = "f",   AT(U'ق') = "q",  AT(U'ك') = "k",
    AT(U'ل') = "l",  AT(U'م') = "m",   AT(U'ن') = "n",   AT(U'ه') = "h",   AT(U'و') = "u",  AT(U'ى') = "a",
    AT(U'ي') = "i",  AT(0x64B) = "an", AT(0x64C) = "un", AT(0x64D) = "in", AT(0x64E) = "a", AT(0x64F) = "u",
    AT(0x650) = "i", AT(0x651) = "",   AT(0x652) = "",   AT(0x670) = "a",  AT(U'ٱ') = "a",  AT(U'ٹ') = "t",
    AT(U'پ') = "p",  AT(U'چ') = "ch",  AT(U'ڈ') = "d",   AT(U'ڑ') = "r",   AT(U'ژ') = "zh", AT(U'ڤ') = "v",
    AT(U'ک') = "k",  AT(U'ڭ') = "ng",  AT(U'گ') = "g",   AT(U'ڵ') = "l",   AT(U'ں') = "n",  AT(U'ھ') = "h",
    AT(U'ہ') = "h",  AT(U'ۀ') = "e",   AT(U'ۃ') = "a",   AT(U'ۆ') = "o",   AT(U'ۇ') = "u",  AT(U'ۋ') = "v",
    AT(U'ی') = "i",  AT(U'ێ') = "e",   AT(U'ې') = "e",   AT(U'ے') = "e",   AT(U'ە') = "e",  AT(U'ڕ') = "r",
    AT(U'٠') = "0",  AT(U'١') = "1",   AT(U'٢') = "2",   AT(U'٣') = "3",   AT(U'٤') = "4",  AT(U'٥') = "5",
    AT(U'٦') = "6",  AT(U'٧') = "7",   AT(U'٨') = "8",   AT(U'٩') = "9",   AT(U'۰') = "0",  AT(U'۱') = "1",
    AT(U'۲') = "2",  AT(U'۳') = "3",   AT(U'۴') = "4",   AT(U'۵') = "5",   AT(U'۶') = "6",  AT(U'۷') = "7",
    AT(U'۸') = "8",  AT(U'۹') = "9",
};
#undef FIRST
/* و and ي are consonants at the start and before a vowel letter, else vowels; in Persian و is v on either side of one.
 */
static const letter_run arabic_runs[] = {
    {U"تش", "ch", ANYWHERE},   {U"دج", "j", ANYWHERE}, {U"وو", "uw", ANYWHERE},   {U"يي", "yi", ANYWHERE},
    {U"و", "w", AT_START},     {U"و", "u", AT_END},    {U"و", "w", BEFORE_VOWEL}, {U"ي", "y", AT_START},
    {U"ي", "y", BEFORE_VOWEL}, {U"ی", "y", AT_START},  {U"ی", "y", BEFORE_VOWEL}, {U"ه", "a", AT_END},
    {NULL, NULL, ANYWHERE},
};
static const letter_run persian_runs[] = {
    {U"تش", "tsh", ANYWHERE}, {U"وو", "uv", ANYWHERE},   {U"او", "av", AT_END}, {U"یو", "yu", ANYWHERE},
    {U"او", "u", AT_START},   {U"و", "v", AT_START},     {U"و", "u", AT_END},   {U"و", "v", BESIDE_VOWEL},
    {U"ی", "y", AT_START},    {U"ی", "y", BEFORE_VOWEL}, {U"ه", "a", AT_END},   {NULL, NULL, ANYWHERE},
};

const char *en_letter_persian(char32_t letter) {
    switch (letter) {
    case U'ث': return "s";
    case U'ذ':
    case U'ض': return "z";
    default: return NULL;
    }
}

/* ---- Hebrew ---- */
#define FIRST 0x05D0
static const char *const hebrew[0x05F5 - FIRST] = {
    AT(U'א') = "a", AT(U'ב') = "b",  AT(U'ג') = "g", AT(U'ד') = "d",  AT(U'ה') = "h",   AT(U'ו') = "u",
    AT(U'ז') = "z", AT(U'ח') = "kh", AT(U'ט') = "t", AT(U'י') = "i",  AT(U'ך') = "kh",  AT(U'כ') = "k",
    AT(U'ל') = "l", AT(U'ם') = "m",  AT(U'מ') = "m", AT(U'ן') = "n",  AT(U'נ') = "n",   AT(U'ס') = "s",
    AT(U'ע') = "a", AT(U'ף') = "f",  AT(U'פ') = "p", AT(U'ץ') = "ts", AT(U'צ') = "ts",  AT(U'ק') = "k",
    AT(U'ר') = "r", AT(U'ש') = "sh", AT(U'ת') = "t", AT(0x5F0) = "v", AT(0x5F1) = "oy", AT(0x5F2) = "ey",
    AT(0x5F3) = "", AT(0x5F4) = "",
};
#undef FIRST
/* Matres lectionis: ו and י write vowels within a word; doubled, or at its start, consonants. Geresh (׳ or ') marks
 * sounds that Hebrew has not. */
static const letter_run hebrew_runs[] = {
    {U"ג׳", "j", ANYWHERE},  {U"ג'", "j", ANYWHERE},  {U"צ׳", "ch", ANYWHERE}, {U"צ'", "ch", ANYWHERE},
    {U"ץ׳", "ch", ANYWHERE}, {U"ץ'", "ch", ANYWHERE}, {U"ז׳", "zh", ANYWHERE}, {U"ז'", "zh", ANYWHERE},
    {U"ת׳", "th", ANYWHERE}, {U"ת'", "th", ANYWHERE}, {U"טש", "ch", ANYWHERE}, {U"וו", "v", ANYWHERE},
    {U"יי", "y", ANYWHERE},  {U"ו", "v", AT_START},   {U"י", "y", AT_START},   {U"ב", "v", AT_END},
    {U"ה", "a", AT_END},     {NULL, NULL, ANYWHERE},
};

/* ---- Cyrillic: Russian, Ukrainian, Belarusian, Serbian, Macedonian, Azerbaijani ---- */
#define FIRST 0x0430
static const char *const cyrillic[0x0530 - FIRST] = {
    AT(U'а') = "a",  AT(U'б') = "b",    AT(U'в') = "v",  AT(U'г') = "g",  AT(U'д') = "d",  AT(U'е') = "e",
    AT(U'ж') = "zh", AT(U'з') = "z",    AT(U'и') = "i",  AT(U'й') = "y",  AT(U'к') = "k",  AT(U'л') = "l",
    AT(U'м') = "m",  AT(U'н') = "n",    AT(U'о') = "o",  AT(U'п') = "p",  AT(U'р') = "r",  AT(U'с') = "s",
    AT(U'т') = "t",  AT(U'у') = "u",    AT(U'ф') = "f",  AT(U'х') = "kh", AT(U'ц') = "ts", AT(U'ч') = "ch",
    AT(U'ш') = "sh", AT(U'щ') = "shch", AT(U'ъ') = "",   AT(U'ы') = "y",  AT(U'ь') = "",   AT(U'э') = "e",
    AT(U'ю') = "yu", AT(U'я') = "ya",   AT(U'ё') = "yo", AT(U'ђ') = "dj", AT(U'ѓ') = "gj", AT(U'є') = "ye",
    AT(U'ѕ') = "dz", AT(U'і') = "i",    AT(U'ї') = "yi", AT(U'ј') = "y",  AT(U'љ') = "lj", AT(U'њ') = "nj",
    AT(U'ћ') = "ch", AT(U'ќ') = "kj",   AT(U'ў') = "w",  AT(U'џ') = "j",  AT(U'ґ') = "g",  AT(U'ғ') = "gh",
    AT(U'қ') = "q",  AT(U'ҝ') = "g",    AT(U'ҡ') = "k",  AT(U'ң') = "ng", AT(U'ү') = "u",  AT(U'ұ') = "u",
    AT(U'ҳ') = "h",  AT(U'ҹ') = "j",    AT(U'ҷ') = "j",  AT(U'һ') = "h",  AT(U'ә') = "a",  AT(U'ө') = "o",
    AT(U'ӣ') = "i",  AT(U'ӯ') = "u",
};
#undef FIRST
static const letter_run cyrillic_runs[] = {{U"дж", "j", ANYWHERE}, {NULL, NULL, ANYWHERE}};

/* ---- Greek, accents already taken off ---- */
#define FIRST 0x03B1
static const char *const greek[0x03CA - FIRST] = {
    AT(U'α') = "a",  AT(U'β') = "v",  AT(U'γ') = "g",  AT(U'δ') = "d", AT(U'ε') = "e", AT(U'ζ') = "z", AT(U'η') = "i",
    AT(U'θ') = "th", AT(U'ι') = "i",  AT(U'κ') = "k",  AT(U'λ') = "l", AT(U'μ') = "m", AT(U'ν') = "n", AT(U'ξ') = "x",
    AT(U'ο') = "o",  AT(U'π') = "p",  AT(U'ρ') = "r",  AT(U'ς') = "s", AT(U'σ') = "s", AT(U'τ') = "t", AT(U'υ') = "y",
    AT(U'φ') = "f",  AT(U'χ') = "kh", AT(U'ψ') = "ps", AT(U'ω') = "o",
};
#undef FIRST
/* Greek writes b, d, g as μπ, ντ, γκ, and reads υ after α, ε as v. */
static const letter_run greek_runs[] = {
    {U"ντζ", "nj", ANYWHERE}, {U"ντσ", "nts", ANYWHERE},   {U"τζ", "j", ANYWHERE},      {U"τσ", "ts", ANYWHERE},
    {U"μπ", "b", ANYWHERE},   {U"ντ", "d", ANYWHERE},      {U"γκ", "g", ANYWHERE},      {U"γγ", "ng", ANYWHERE},
    {U"γχ", "nkh", ANYWHERE}, {U"γι", "y", BEFORE_VOWEL},  {U"γου", "w", BEFORE_VOWEL}, {U"ου", "ou", ANYWHERE},
    {U"αυ", "av", ANYWHERE},  {U"ευ", "ev", BEFORE_VOWEL}, {U"ευ", "eu", ANYWHERE},     {NULL, NULL, ANYWHERE},
};

/* ---- Armenian ---- */
#define FIRST 0x0561
static const char *const armenian[0x0588 - FIRST] = {
    AT(U'ա') = "a",  AT(U'բ') = "b",  AT(U'գ') = "g",   AT(U'դ') = "d",  AT(U'ե') = "e",  AT(U'զ') = "z",
    AT(U'է') = "e",  AT(U'ը') = "y",  AT(U'թ') = "t",   AT(U'ժ') = "zh", AT(U'ի') = "i",  AT(U'լ') = "l",
    AT(U'խ') = "kh", AT(U'ծ') = "ts", AT(U'կ') = "k",   AT(U'հ') = "h",  AT(U'ձ') = "dz", AT(U'ղ') = "gh",
    AT(U'ճ') = "ch", AT(U'մ') = "m",  AT(U'յ') = "y",   AT(U'ն') = "n",  AT(U'շ') = "sh", AT(U'ո') = "o",
    AT(U'չ') = "ch", AT(U'պ') = "p",  AT(U'ջ') = "j",   AT(U'ռ') = "r",  AT(U'ս') = "s",  AT(U'վ') = "v",
    AT(U'տ') = "t",  AT(U'ր') = "r",  AT(U'ց') = "ts",  AT(U'ւ') = "v",  AT(U'փ') = "p",  AT(U'ք') = "k",
    AT(U'օ') = "o",  AT(U'ֆ') = "f",  AT(0x587) = "ev",
};
#undef FIRST
static const letter_run armenian_runs[] = {{U"ու", "u", ANYWHERE},
                                           {U"ո", "vo", AT_START},
                                           {U"քս", "x", ANYWHERE},
                                           {U"կս", "x", ANYWHERE},
                                           {NULL, NULL, ANYWHERE}};

/* ---- Georgian ---- */
#define FIRST 0x10D0
static const char *const georgian[0x10F7 - FIRST] = {
    AT(U'ა') = "a",  AT(U'ბ') = "b",  AT(U'გ') = "g",  AT(U'დ') = "d",  AT(U'ე') = "e",  AT(U'ვ') = "v",
    AT(U'ზ') = "z",  AT(U'თ') = "t",  AT(U'ი') = "i",  AT(U'კ') = "k",  AT(U'ლ') = "l",  AT(U'მ') = "m",
    AT(U'ნ') = "n",  AT(U'ო') = "o",  AT(U'პ') = "p",  AT(U'ჟ') = "zh", AT(U'რ') = "r",  AT(U'ს') = "s",
    AT(U'ტ') = "t",  AT(U'უ') = "u",  AT(U'ფ') = "p",  AT(U'ქ') = "k",  AT(U'ღ') = "gh", AT(U'ყ') = "q",
    AT(U'შ') = "sh", AT(U'ჩ') = "ch", AT(U'ც') = "ts", AT(U'ძ') = "dz", AT(U'წ') = "ts", AT(U'ჭ') = "ch",
    AT(U'ხ') = "kh", AT(U'ჯ') = "j",  AT(U'ჰ') = "h",  AT(U'ჱ') = "e",  AT(U'ჲ') = "y",  AT(U'ჳ') = "w",
    AT(U'ჴ') = "q",  AT(U'ჵ') = "o",  AT(U'ჶ') = "f",
};
#undef FIRST

/* ə tells Azerbaijani, whose letters then have these sounds. */
const char *en_letter_azerbaijani(char32_t letter) {
    switch (letter) {
    case U'x': return "kh";
    case U'q': return "g";
    case U'c': return "j";
    case U'ç': return "ch";
    case U'ğ': return "gh";
    case U'j': return "zh";
    default: return NULL;
    }
}

/* For keys: what marks on Latin letters say of their sound. */
const char *en_letter_marked_sound(char32_t letter) {
    switch (letter) {
    case U'č':
    case U'ć':
    case U'ĉ':
    case U'ç': return "ch";
    case U'š':
    case U'ś':
    case U'ŝ':
    case U'ş':
    case U'ș': return "sh";
    case U'ž':
    case U'ź':
    case U'ż': return "zh";
    case U'đ': return "dzh";
    default: return NULL;
    }
}

const letter_run *en_persian_runs(void) { return persian_runs; }

const letter_block *en_letter_block(char32_t letter) {
    static const letter_block blocks[] = {
        {0x00E0, 0x025F, latin, NULL, NULL},
        {0x03B1, 0x03C9, greek, greek_runs, U"αειουηω"},
        {0x0430, 0x052F, cyrillic, cyrillic_runs, NULL},
        {0x0561, 0x0587, armenian, armenian_runs, NULL},
        {0x05D0, 0x05F4, hebrew, hebrew_runs, U"אוי"},
        {0x0620, 0x06FF, arabic, arabic_runs, U"اآويیە"},
        {0x10D0, 0x10F6, georgian, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        if (letter >= blocks[i].first && letter <= blocks[i].last) return &blocks[i];
    return NULL;
}
