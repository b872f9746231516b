/* The text of a mail: its subject, then its words; of parts that say the same in two forms, the plain one. */
#include <string.h>

#include <gmime/gmime.h>

#include "document/rendition.h"

typedef struct mail {
    en_document *about;
    en_rendition *r;
    en_error *err;
    GMimeObject *plain, *page; /* the first of each that is no attachment */
} mail;

static void choose_part(GMimeObject *parent, GMimeObject *part, gpointer context) {
    (void)parent;
    mail *m = context;
    if (!GMIME_IS_PART(part)) return;
    GMimeContentType *type = g_mime_object_get_content_type(part);
    bool attached = g_mime_part_is_attachment(GMIME_PART(part));
    if (!attached && !m->plain && g_mime_content_type_is_type(type, "text", "plain"))
        m->plain = part;
    else if (!attached && !m->page && g_mime_content_type_is_type(type, "text", "html"))
        m->page = part;
    else
        m->about->attachments++;
}

/* The bytes of a part, its transfer encoding undone. */
static en_status part_bytes(GMimeObject *part, en_arena *arena, en_str *out, en_error *err) {
    GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(part));
    if (!content) return *out = (en_str){"", 0}, EN_OK;
    GMimeStream *stream = g_mime_stream_mem_new();
    g_mime_data_wrapper_write_to_stream(content, stream);
    GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    *out = (en_str){en_arena_strdup(arena, (en_str){(const char *)bytes->data, bytes->len}), bytes->len};
    g_object_unref(stream);
    return out->ptr ? EN_OK : en_no_memory(err);
}

/* Text as UTF-8: what the mail says its encoding is, where that is true, else as detected. */
static en_status part_text(mail *m, GMimeObject *part, en_str *out) {
    const char *charset = g_mime_object_get_content_type_parameter(part, "charset");
    en_str bytes;
    en_error first;
    EN_TRY(part_bytes(part, m->about->arena, &bytes, m->err));
    if (en_document_decode(bytes, "UTF-8", m->about, out, &first) == EN_OK) return EN_OK;
    if (charset && en_document_decode(bytes, charset, m->about, out, &first) == EN_OK) return EN_OK;
    return en_document_decode(bytes, NULL, m->about, out, m->err);
}

static const char *keep(mail *m, const char *s) {
    const char *copy = s ? en_arena_strdup(m->about->arena, en_str_of(s)) : NULL;
    return copy ? copy : "";
}

static void read_headers(mail *m, GMimeMessage *message) {
    InternetAddressList *from = g_mime_message_get_from(message);
    InternetAddress *first =
        from && internet_address_list_length(from) ? internet_address_list_get_address(from, 0) : NULL;
    GDateTime *date = g_mime_message_get_date(message);
    m->about->title = keep(m, g_mime_message_get_subject(message));
    if (first) m->about->author = keep(m, internet_address_get_name(first));
    if (!date) return;
    char *day = g_date_time_format(date, "%Y-%m-%d");
    if (day) m->about->date = en_document_date(m->about->arena, day);
    g_free(day);
}

static en_status write_parts(mail *m) {
    en_str text;
    EN_TRY(en_rendition_words(m->r, en_str_of(m->about->title), -1));
    en_rendition_break(m->r, 2);
    if (!m->plain && !m->page) return EN_OK;
    EN_TRY(part_text(m, m->plain ? m->plain : m->page, &text));
    if (m->plain) return en_rendition_verbatim(m->r, text, -1);
    return en_html_words(text, m->r, m->about, m->err);
}

static en_status read_message(mail *m, GMimeMessage *message) {
    read_headers(m, message);
    g_mime_message_foreach(message, choose_part, m);
    if (m->plain && m->page) m->page = NULL;
    return write_parts(m);
}

en_status en_document_mail(en_str bytes, en_document *out, en_error *err) {
    static bool ready;
    en_rendition r = {.err = err};
    mail m = {.about = out, .r = &r, .err = err};
    if (!ready) g_mime_init(), ready = true;
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes.ptr, bytes.len);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    out->extractor = "everyname " EN_VERSION " mail";
    en_status status = message ? read_message(&m, message) : en_fail(err, EN_ERR_INPUT, "it is no mail");
    if (message) g_object_unref(message);
    g_object_unref(parser);
    g_object_unref(stream);
    if (status == EN_OK) return en_rendition_end(&r, out);
    en_rendition_clear(&r);
    return status;
}
