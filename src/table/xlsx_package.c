/* The zip and the XML of an XLSX file, for readers that see elements only. */
#include "table/xlsx_package.h"

#include <expat.h>
#include <string.h>

#include "everyname/limits.h"
#include "table/parts.h"

en_status xlsx_package_open(en_str bytes, const en_read_options *options, xlsx_package *out, en_error *err) {
    *out = (xlsx_package){.options = options, .limit = (uint64_t)bytes.len * EN_LIMIT_UNPACK_RATIO};
    if (out->limit > EN_LIMIT_UNPACKED) out->limit = EN_LIMIT_UNPACKED;
    zip_error_t reason;
    zip_error_init(&reason);
    zip_source_t *source = zip_source_buffer_create(bytes.ptr, bytes.len, 0, &reason);
    if (source) out->zip = zip_open_from_source(source, ZIP_RDONLY, &reason);
    if (!out->zip) {
        en_fail(err, EN_ERR_INPUT, "not a spreadsheet: the zip cannot be read (%s)", zip_error_strerror(&reason));
        en_error_mend(err, "save the workbook again as .xlsx, or the sheet as CSV");
        table_fault_at(options, -1, NULL, -1, err);
        zip_source_free(source);
    }
    zip_error_fini(&reason);
    return out->zip ? EN_OK : EN_ERR_INPUT;
}

void xlsx_package_close(xlsx_package *package) {
    if (package->zip) zip_discard(package->zip);
    *package = (xlsx_package){0};
}

/* Part names are compared without case (ECMA-376, part 2, 9.1.1.1). */
static zip_int64_t locate(const xlsx_package *package, const char *part) {
    return zip_name_locate(package->zip, part, ZIP_FL_NOCASE);
}

bool xlsx_package_has(const xlsx_package *package, const char *part) { return locate(package, part) >= 0; }

typedef struct part_parse {
    const xlsx_sink *sink;
    XML_Parser parser;
    en_status status;
    en_error *err;
} part_parse;

static const char *local_name(const char *name) {
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

static void settle(part_parse *p, en_status status) {
    p->status = status;
    if (status != EN_OK) XML_StopParser(p->parser, XML_FALSE);
}

static void XMLCALL on_start(void *ctx, const char *name, const char **attributes) {
    part_parse *p = ctx;
    if (p->status == EN_OK) settle(p, p->sink->start(p->sink->ctx, local_name(name), attributes, p->err));
}

static void XMLCALL on_end(void *ctx, const char *name) {
    part_parse *p = ctx;
    if (p->status == EN_OK && p->sink->end) settle(p, p->sink->end(p->sink->ctx, local_name(name), p->err));
}

static void XMLCALL on_text(void *ctx, const char *text, int len) {
    part_parse *p = ctx;
    if (p->status == EN_OK && p->sink->text)
        settle(p, p->sink->text(p->sink->ctx, (en_str){text, (size_t)len}, p->err));
}

static void XMLCALL on_doctype(void *ctx, const char *name, const char *system, const char *public, int internal) {
    (void)name, (void)system, (void)public, (void)internal;
    part_parse *p = ctx;
    settle(p, en_fail(p->err, EN_ERR_INPUT, "holds a document type declaration, which no workbook has"));
}

static en_status unpack_failed(const xlsx_package *package, const char *part, const char *reason, en_error *err) {
    en_fail(err, EN_ERR_INPUT, "the part %s of the workbook cannot be unpacked (%s)", part, reason);
    en_error_mend(err, "save the workbook again as .xlsx, without a password");
    return table_fault_at(package->options, -1, NULL, -1, err);
}

static en_status unpack_limit(const xlsx_package *package, const char *part, en_error *err) {
    en_fail(err, EN_ERR_LIMIT, "the workbook unpacks to more than %d times its size, or more than %llu GiB, in part %s",
            EN_LIMIT_UNPACK_RATIO, EN_LIMIT_UNPACKED >> 30, part);
    en_error_mend(err, "save the sheet as CSV");
    return table_fault_at(package->options, -1, NULL, -1, err);
}

/* An XML error, or what a handler refused; both name the part. */
static en_status parse_failed(const xlsx_package *package, const part_parse *p, const char *part) {
    if (p->status != EN_OK) return table_fault_at(package->options, -1, NULL, -1, p->err);
    en_fail(p->err, EN_ERR_INPUT, "the part %s of the workbook is not well-formed XML: line %lu: %s", part,
            (unsigned long)XML_GetCurrentLineNumber(p->parser), XML_ErrorString(XML_GetErrorCode(p->parser)));
    en_error_mend(p->err, "save the workbook again as .xlsx");
    return table_fault_at(package->options, -1, NULL, -1, p->err);
}

static en_status feed(xlsx_package *package, zip_file_t *in, part_parse *p, const char *part) {
    static const int chunk = 1 << 16;
    for (;;) {
        void *room = XML_GetBuffer(p->parser, chunk);
        if (!room) return en_fail(p->err, EN_ERR_MEMORY, "out of memory");
        zip_int64_t n = zip_fread(in, room, (zip_uint64_t)chunk);
        if (n < 0) return unpack_failed(package, part, zip_file_strerror(in), p->err);
        package->unpacked += (uint64_t)n;
        if (package->unpacked > package->limit) return unpack_limit(package, part, p->err);
        if (XML_ParseBuffer(p->parser, (int)n, n == 0) == XML_STATUS_ERROR) return parse_failed(package, p, part);
        if (n == 0) return EN_OK;
    }
}

en_status xlsx_package_parse(xlsx_package *package, const char *part, const xlsx_sink *sink, en_error *err) {
    part_parse p = {.sink = sink, .err = err};
    zip_int64_t index = locate(package, part);
    if (index < 0) return unpack_failed(package, part, "it is missing", err);
    zip_file_t *in = zip_fopen_index(package->zip, (zip_uint64_t)index, 0);
    if (!in) return unpack_failed(package, part, zip_strerror(package->zip), err);
    p.parser = XML_ParserCreate(NULL);
    en_status status = p.parser ? EN_OK : en_no_memory(err);
    if (status == EN_OK) {
        XML_SetUserData(p.parser, &p);
        XML_SetElementHandler(p.parser, on_start, on_end);
        XML_SetCharacterDataHandler(p.parser, on_text);
        XML_SetStartDoctypeDeclHandler(p.parser, on_doctype);
        status = feed(package, in, &p, part);
    }
    XML_ParserFree(p.parser);
    zip_fclose(in);
    return status;
}

const char *xlsx_attribute(const char **attributes, const char *name) {
    for (; *attributes; attributes += 2)
        if (strcmp(local_name(attributes[0]), name) == 0) return attributes[1];
    return NULL;
}
