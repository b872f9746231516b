/* Pages, mails, PDFs and texts become UTF-8 text, each word of which is found again in the document. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "document/document.h"
#include "everyname/when.h"

static en_error err;

static void read_as(const char *bytes, const char *file, en_document *out) {
    en_status status = en_document_read(en_str_of(bytes), file, NULL, out, &err);
    if (status != EN_OK) print_error("%s: %s\n", file, err.message);
    assert_int_equal(status, EN_OK);
}

/* Where a word of the text stands in the document's own bytes. */
static void assert_stands_at(const en_document *d, const char *word, const char *bytes) {
    const char *found = strstr(d->text.ptr, word);
    en_document_place place;
    assert_non_null(found);
    assert_true(en_document_locate(d, found - d->text.ptr, &place));
    assert_memory_equal(bytes + place.source, word, strlen(word));
}

static const char page[] =
    "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Ferry sinks | The Orvask Courier</title>\n"
    "<meta property=\"og:site_name\" content=\"The Orvask Courier\">"
    "<meta property=\"article:published_time\" content=\"2031-03-12T08:00:00Z\">"
    "<script>var killed = 99;</script><style>p{color:red}</style></head><body>"
    "<nav><a href=\"/\">Home</a> <a href=\"/x\">40 injured elsewhere</a></nav>"
    "<h1>Ferry sinks off Orvask</h1><div class=\"wrap\"><article><p>At least 41 people  were\n killed when a ferry "
    "sank &amp; "
    "burned, the  harbour office said.</p><p>Twelve caf\xc3\xa9 workers were<br>injured.</p>"
    "<div class=\"related-links\"><p>Read: 300 killed in 1950</p></div>"
    "<ul><li>3 children</li><li>9 women</li></ul><table><tr><td>dead</td><td>41</td></tr></table></article></div>"
    "<footer>Contact 555 1234</footer></body></html>";

static void pages_become_their_article(void **state) {
    (void)state;
    en_document d;
    read_as(page, "ferry.html", &d);
    assert_string_equal(d.text.ptr,
                        "Ferry sinks off Orvask\n\nAt least 41 people were killed when a ferry sank & burned, the "
                        "harbour office said.\n\nTwelve caf\xc3\xa9 workers were\ninjured.\n\n3 children\n9 "
                        "women\n\ndead 41\n");
    assert_string_equal(d.title, "Ferry sinks off Orvask");
    assert_string_equal(d.agency, "The Orvask Courier");
    assert_string_equal(d.date, "2031-03-12");
    assert_string_equal(d.language, "en");
    assert_string_equal(d.media_type, "text/html");
    assert_false(d.is_capture);
    assert_stands_at(&d, "Ferry", page);
    assert_stands_at(&d, "41 people", page);
    assert_stands_at(&d, "killed", page);
    assert_stands_at(&d, "burned", page);
    assert_stands_at(&d, "caf\xc3\xa9", page);
    assert_stands_at(&d, "women", page);
    en_document_clear(&d);
}

static void pages_without_marks_are_read_too(void **state) {
    (void)state;
    static const char plain[] =
        "<html><body><div id=menu><a href=a>One</a><a href=b>Two</a></div><div><p>The court found that 12 men had been "
        "taken from the village on the river and were not seen again.</p><p>Their families asked for their return "
        "every spring.</p></div></body></html>";
    en_document d;
    read_as(plain, "court.htm", &d);
    assert_string_equal(d.text.ptr,
                        "The court found that 12 men had been taken from the village on the river and were not "
                        "seen again.\n\nTheir families asked for their return every spring.\n");
    assert_string_equal(d.title, "");
    en_document_clear(&d);
}

static void pages_in_other_encodings(void **state) {
    (void)state;
    static const char cyrillic[] =
        "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=windows-1251\"></head>"
        "<body><p>\xcf\xee\xe3\xe8\xe1\xeb\xee 12 \xf7\xe5\xeb\xee\xe2\xe5\xea</p></body></html>";
    en_document d;
    read_as(cyrillic, "report", &d);
    assert_string_equal(d.text.ptr, "Погибло 12 человек\n");
    assert_string_equal(d.encoding, "windows-1251");
    en_document_clear(&d);
}

static void mails_become_subject_and_words(void **state) {
    (void)state;
    static const char mail[] =
        "From: \"Desk, Orvask\" <desk@example.org>\r\nSubject: =?UTF-8?B?Q2Fmw6kgdG9sbA==?=\r\nDate: Wed, 12 Mar 2031 "
        "09:00:00 +0200\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: "
        "multipart/alternative; boundary=\"c\"\r\n\r\n--c\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\nThe caf=E9 attack killed 7.\r\n\r\n--c\r\nContent-Type: "
        "text/html\r\n\r\n<p>The caf&eacute; "
        "attack killed 7.</p>\r\n--c--\r\n--b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; "
        "filename=\"a.png\"\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n";
    en_document d;
    read_as(mail, "toll.eml", &d);
    assert_string_equal(d.title, "Caf\xc3\xa9 toll");
    assert_string_equal(d.author, "Desk, Orvask");
    assert_string_equal(d.date, "2031-03-12");
    assert_non_null(strstr(d.text.ptr, "The caf\xc3\xa9 attack killed 7."));
    assert_null(strstr(d.text.ptr, "<p>"));
    assert_int_equal(d.attachments, 1);
    en_document_clear(&d);
}

static void texts_are_their_own_rendition(void **state) {
    (void)state;
    static const char text[] = "\xef\xbb\xbfТри  человека\r\n";
    en_document d;
    en_document_place place;
    read_as(text, "a.txt", &d);
    assert_true(d.is_capture);
    assert_ptr_equal(d.text.ptr, text);
    assert_true(en_document_locate(&d, 5, &place));
    assert_int_equal(place.source, 5);
    en_document_clear(&d);
}

/* A PDF of one page, small enough to be written by hand; readers mend its missing table of offsets. */
static void pdfs_are_read_page_by_page(void **state) {
    (void)state;
    static const char pdf[] =
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
        "4 0 obj<</Length 47>>stream\nBT /F 12 Tf 10 50 Td (Nine men were taken.) Tj ET\nendstream endobj\n"
        "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
        "6 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 7 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
        "7 0 obj<</Length 40>>stream\nBT /F 12 Tf 10 50 Td (Two returned.) Tj ET\nendstream endobj\n"
        "trailer<</Root 1 0 R/Size 8>>\n%%EOF\n";
    en_document d;
    en_document_place place;
    en_status status = en_document_read(EN_LIT(pdf), "a.pdf", NULL, &d, &err);
    if (status == EN_ERR_NOT_FOUND) skip();
    assert_int_equal(status, EN_OK);
    assert_string_equal(d.text.ptr, "Nine men were taken.\n\nTwo returned.\n");
    assert_true(en_document_locate(&d, 25, &place));
    assert_int_equal(place.page, 2);
    assert_int_equal(place.source, -1);
    en_document_clear(&d);
}

static void what_is_no_document_is_refused(void **state) {
    (void)state;
    en_document d;
    assert_int_equal(en_document_read(EN_LIT("<html><body><script>1</script></body></html>"), "e.html", NULL, &d, &err),
                     EN_ERR_INPUT);
    assert_true(err.mend[0]);
    assert_int_equal(en_document_read(EN_LIT("%PDF-1.4 broken"), "b.pdf", NULL, &d, &err), EN_ERR_INPUT);
    assert_string_equal(err.file, "b.pdf");
    assert_int_equal(en_document_read(EN_LIT("abc\xff\xfe"), "t.txt", "UTF-8", &d, &err), EN_ERR_INPUT);
    assert_int_equal(en_document_read(EN_LIT(""), "t.html", NULL, &d, &err), EN_ERR_INPUT);
    assert_true(en_document_is(EN_LIT("%PDF-1.7"), "list.csv"));
    assert_false(en_document_is(EN_LIT("a,b\n"), "list.csv"));
}

/* A page of many blocks is read in time that grows with its length, and every word keeps its place. */
static void long_pages_keep_their_places(void **state) {
    (void)state;
    enum { BLOCKS = 20000, ROOM = BLOCKS * 64 };
    char *bytes = malloc(ROOM);
    size_t n = 0;
    en_document d;
    assert_non_null(bytes);
    n += (size_t)snprintf(bytes, ROOM, "<html><body><article>");
    for (int i = 0; i < BLOCKS; i++) n += (size_t)snprintf(bytes + n, ROOM - n, "<p>Word%d &lt; <b>and</b>  more", i);
    read_as(bytes, "long.html", &d);
    assert_stands_at(&d, "Word19999", bytes);
    assert_stands_at(&d, "Word77 ", bytes);
    en_document_clear(&d);
    free(bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_become_their_article),     cmocka_unit_test(pages_without_marks_are_read_too),
        cmocka_unit_test(pages_in_other_encodings),       cmocka_unit_test(mails_become_subject_and_words),
        cmocka_unit_test(texts_are_their_own_rendition),  cmocka_unit_test(pdfs_are_read_page_by_page),
        cmocka_unit_test(what_is_no_document_is_refused), cmocka_unit_test(long_pages_keep_their_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
