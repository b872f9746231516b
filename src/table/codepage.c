/* Which Windows code page a text is in.
 *
 * Every page can decode almost any bytes, so each is asked how much the result looks like words: letters of one
 * script, capitals at the start or throughout, Cyrillic words with a vowel, Latin words not made of accented letters
 * alone. That tells Cyrillic, Arabic and Latin apart even in one short line. Of the two Latin pages, which share most
 * accented letters, the language models of uchardet choose, and on texts too short for them a few letters that only one
 * side uses much. What the models take for a page that is not read here (KOI8-R, …) is refused, not read as another.
 */
#include "table/codepage.h"

#include <string.h>
#include <uchardet/uchardet.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/uscript.h>

#define UNDEFINED 0xFFFFFFFFu
#define SAMPLE_BYTES (256u << 10)

en_status encoding_page(encoding e, uint32_t points[256], en_error *err) {
    UErrorCode code = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(encoding_name(e), &code);
    for (int byte = 0; byte < 256 && U_SUCCESS(code); byte++) {
        char source = (char)byte;
        const char *from = &source;
        points[byte] = (uint32_t)ucnv_getNextUChar(converter, &from, from + 1, &code);
        /* What the page leaves open, ICU makes a control character, which no list holds. */
        if (byte >= 0x80 && (points[byte] < 0xA0 || points[byte] == 0xFFFD)) points[byte] = UNDEFINED;
    }
    ucnv_close(converter);
    if (U_SUCCESS(code)) return EN_OK;
    return en_fail(err, EN_ERR_UNSUPPORTED, "ICU cannot decode %s: %s", encoding_name(e), u_errorName(code));
}

/* What the letters of one page are, looked up once. */
typedef struct page_letters {
    enum { NO_LETTER = 0, LATIN, CYRILLIC, ARABIC, ODD_SYMBOL, OPEN } kind[256];
    bool upper[256], lower[256], vowel[256];
} page_letters;

static bool is_cyrillic_vowel(UChar32 c) {
    static const UChar32 vowels[] = {0x430, 0x435, 0x438, 0x43E, 0x443, 0x44B, 0x44D,
                                     0x44E, 0x44F, 0x451, 0x454, 0x456, 0x457, 0x440}; /* the last, r, can be one */
    for (size_t i = 0; i < sizeof vowels / sizeof *vowels; i++)
        if (vowels[i] == c) return true;
    return false;
}

static bool describe_page(encoding e, page_letters *page) {
    uint32_t points[256] = {0};
    if (encoding_page(e, points, NULL) != EN_OK) return false;
    memset(page, 0, sizeof *page);
    for (int b = 0; b < 256; b++) {
        if (points[b] == UNDEFINED) {
            page->kind[b] = OPEN;
            continue;
        }
        UChar32 c = (UChar32)points[b];
        UErrorCode code = U_ZERO_ERROR;
        UScriptCode script = uscript_getScript(c, &code);
        bool letter = u_isalpha(c) || u_charType(c) == U_NON_SPACING_MARK;
        /* No-break space, dashes and quotation marks stand in any text. */
        bool symbol = b >= 0xA0 && !letter && b != 0xA0 && c != 0xAB && c != 0xBB && c != 0x60C && c != 0x61F;
        page->kind[b] = !letter                      ? (symbol ? ODD_SYMBOL : NO_LETTER)
                        : script == USCRIPT_LATIN    ? LATIN
                        : script == USCRIPT_CYRILLIC ? CYRILLIC
                                                     : ARABIC;
        page->upper[b] = u_isupper(c);
        page->lower[b] = u_islower(c);
        page->vowel[b] = is_cyrillic_vowel(u_tolower(c));
    }
    return true;
}

/* The word at *at: its high letters count for the page where it looks like a word, against it where not. */
static int64_t score_word(const page_letters *page, const unsigned char *p, size_t len, size_t *at) {
    int64_t high = 0, letters = 0, capitals = 0, small = 0, vowels = 0;
    bool scripts[ODD_SYMBOL] = {false};
    size_t start = *at;
    for (; *at < len; ++*at) {
        unsigned char b = p[*at];
        if (page->kind[b] < LATIN || page->kind[b] > ARABIC) break;
        scripts[page->kind[b]] = true;
        letters++;
        high += b >= 0x80;
        capitals += page->upper[b];
        small += page->lower[b];
        vowels += page->vowel[b];
    }
    bool mixed = scripts[LATIN] + scripts[CYRILLIC] + scripts[ARABIC] > 1;
    bool all_accents = scripts[LATIN] && letters > 2 && high * 2 > letters;
    bool odd_case = small && (capitals > 1 || (capitals && !page->upper[p[start]]));
    bool no_vowel = scripts[CYRILLIC] && letters > 2 && !vowels;
    return mixed || all_accents || odd_case || no_vowel ? -2 * high : high;
}

static int64_t score_page(const page_letters *page, en_str bytes) {
    const unsigned char *p = (const unsigned char *)bytes.ptr;
    size_t len = bytes.len < SAMPLE_BYTES ? bytes.len : SAMPLE_BYTES;
    int64_t score = 0;
    for (size_t at = 0; at < len;) {
        int kind = page->kind[p[at]];
        if (kind >= LATIN && kind <= ARABIC) {
            score += score_word(page, p, len, &at);
            continue;
        }
        score -= kind == OPEN ? 100 : kind == ODD_SYMBOL;
        at++;
    }
    return score;
}

typedef enum { NO_OPINION = 0, CENTRAL, WESTERN, NOT_OURS } opinion;

/* What uchardet's language models say. Pages that differ from ours in a few symbols only count as ours. */
static opinion ask_uchardet(en_str bytes) {
    static const struct {
        const char *name;
        opinion says;
    } known[] = {
        {"WINDOWS-1250", CENTRAL}, {"ISO-8859-2", CENTRAL},    {"ISO-8859-16", CENTRAL},   {"WINDOWS-1252", WESTERN},
        {"ISO-8859-1", WESTERN},   {"ISO-8859-15", WESTERN},   {"ISO-8859-9", WESTERN},    {"KOI8-R", NOT_OURS},
        {"IBM866", NOT_OURS},      {"ISO-8859-5", NOT_OURS},   {"ISO-8859-6", NOT_OURS},   {"ISO-8859-7", NOT_OURS},
        {"ISO-8859-8", NOT_OURS},  {"WINDOWS-1253", NOT_OURS}, {"WINDOWS-1255", NOT_OURS}, {"SHIFT_JIS", NOT_OURS},
        {"GB18030", NOT_OURS},     {"BIG5", NOT_OURS},         {"EUC-JP", NOT_OURS},       {"EUC-KR", NOT_OURS}};
    uchardet_t detector = uchardet_new();
    if (!detector) return NO_OPINION;
    uchardet_handle_data(detector, bytes.ptr, bytes.len < SAMPLE_BYTES ? bytes.len : SAMPLE_BYTES);
    uchardet_data_end(detector);
    const char *name = uchardet_get_charset(detector);
    opinion says = NO_OPINION;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(name, known[i].name) == 0) says = known[i].says;
    uchardet_delete(detector);
    return says;
}

/* S and Z with caron are everyday letters in Central Europe alone; c with acute ends its family names, where a
 * ligature ae ends no Western word. */
static bool has_central_letters(en_str bytes) {
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char b = (unsigned char)bytes.ptr[i];
        bool caron = b == 0x8A || b == 0x8E || b == 0x9A || b == 0x9E;
        bool last = i + 1 == bytes.len || strchr(",;\t|\"\r\n ", bytes.ptr[i + 1]);
        if (caron || (b == 0xE6 && last)) return true;
    }
    return false;
}

/* Below this many high bytes a language model is a guess. */
#define MODEL_BYTES 24

static bool enough_for_models(en_str bytes) {
    size_t high = 0;
    for (size_t i = 0; i < bytes.len && high < MODEL_BYTES; i++) high += (unsigned char)bytes.ptr[i] >= 0x80;
    return high >= MODEL_BYTES;
}

encoding codepage_detect(en_str bytes) {
    static const encoding pages[] = {ENCODING_1252, ENCODING_1250, ENCODING_1251, ENCODING_1256};
    int64_t scores[4], best = 0;
    for (int i = 0; i < 4; i++) {
        page_letters page;
        if (!describe_page(pages[i], &page)) return ENCODING_UNKNOWN;
        scores[i] = score_page(&page, bytes);
        if (scores[i] > best) best = scores[i];
    }
    opinion says = enough_for_models(bytes) ? ask_uchardet(bytes) : NO_OPINION;
    if (best <= 0 || says == NOT_OURS) return ENCODING_UNKNOWN;
    if (scores[0] == best && scores[1] == best) {
        bool central = says == NO_OPINION ? has_central_letters(bytes) : says == CENTRAL;
        return central ? ENCODING_1250 : ENCODING_1252;
    }
    for (int i = 0; i < 4; i++)
        if (scores[i] == best) return pages[i];
    return ENCODING_UNKNOWN;
}
