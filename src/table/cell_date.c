/* Spreadsheet dates: serial numbers of two systems, told from numbers by their style alone. */
#include "table/cell_date.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

cell_shown cell_shown_by_id(int id) {
    const cell_shown date = {.year = true, .month = true, .day = true}, time = {.time = true};
    if (id == 17) return (cell_shown){.year = true, .month = true};
    if (id == 22) return (cell_shown){.year = true, .month = true, .day = true, .time = true};
    if ((id >= 18 && id <= 21) || id == 45 || id == 47) return time;
    if (id == 46) return (cell_shown){.time = true, .elapsed = true};
    if ((id >= 32 && id <= 35) || id == 55 || id == 56) return time;
    if ((id >= 14 && id <= 16) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return date;
    return (cell_shown){0};
}

/* Past what a format writes as it stands: "…", \c, _c, *c, [colour]; the same place where nothing of that begins. */
static const char *skip_literal(const char *c) {
    if (*c == '"') {
        const char *end = strchr(c + 1, '"');
        return end ? end + 1 : c + strlen(c);
    }
    if ((*c == '\\' || *c == '_' || *c == '*') && c[1]) return c + 2;
    bool elapsed = *c == '[' && c[1] && strchr("hHmMsS", c[1]) && (c[2] == ']' || (c[2] == c[1] && c[3] == ']'));
    if (*c == '[' && !elapsed) {
        const char *end = strchr(c, ']');
        return end ? end + 1 : c + strlen(c);
    }
    return c;
}

/* A day-month-year style writes its minutes only beside hours or seconds, so an m without these is a month. */
cell_shown cell_shown_by_code(const char *code) {
    cell_shown shown = {0};
    bool minute_or_month = false;
    while (*code && *code != ';') {
        const char *next = skip_literal(code);
        if (next != code) {
            code = next;
            continue;
        }
        char c = (char)(*code | 0x20);
        shown.elapsed |= *code == '[';
        shown.year |= c == 'y';
        shown.day |= c == 'd';
        shown.time |= c == 'h' || c == 's';
        minute_or_month |= c == 'm';
        code += strncmp(code, "AM/PM", 5) == 0 || strncmp(code, "am/pm", 5) == 0 ? 5 : 1;
    }
    shown.month = minute_or_month && (shown.year || shown.day || !shown.time) && !shown.elapsed;
    shown.time |= minute_or_month && !shown.month;
    return shown;
}

bool cell_is_date(cell_shown shown) { return shown.year || shown.month || shown.day || shown.time; }

/* Days since 1970-01-01 to year, month, day (Hinnant, chrono-compatible low-level date algorithms). */
static void civil(int64_t days, int *year, int *month, int *day) {
    days += 719468;
    int64_t era = days / 146097, of_era = days % 146097; /* dates here are after year 0 */
    int64_t yoe = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t doy = of_era - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    *day = (int)(doy - (153 * mp + 2) / 5 + 1);
    *month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year = (int)(yoe + era * 400 + (*month <= 2));
}

/* Day 1 is 1900-01-01 or day 0 1904-01-01. The 1900 system counts a 29 February 1900 as day 60, so that days from 61
 * on are one too high. */
static bool unix_days(int64_t serial, bool system_1904, int64_t *days) {
    if (system_1904)
        *days = serial - 24107;
    else if (serial == 60 || serial < 1)
        return false;
    else
        *days = serial - (serial > 60 ? 25569 : 25568);
    return *days <= 2932896; /* 9999-12-31 */
}

bool cell_date_text(double serial, bool system_1904, cell_shown shown, char text[32]) {
    if (!(serial >= 0 && serial < 3e6)) return false;
    int64_t seconds = llround(serial * 86400);
    int64_t day_number = seconds / 86400, rest = seconds % 86400;
    bool date_shown = shown.year || shown.month || shown.day;
    if (!date_shown || (shown.time && seconds < 86400 && !system_1904)) {
        int64_t hours = shown.elapsed ? seconds / 3600 : rest / 3600;
        snprintf(text, 32, "%02lld:%02d:%02d", (long long)hours, (int)(rest / 60 % 60), (int)(rest % 60));
        return true;
    }
    int64_t days;
    int year, month, day;
    if (!unix_days(day_number, system_1904, &days)) return false;
    civil(days, &year, &month, &day);
    int n;
    if (shown.time)
        n = snprintf(text, 32, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, (int)(rest / 3600),
                     (int)(rest / 60 % 60), (int)(rest % 60));
    else if (shown.day || !shown.year)
        n = snprintf(text, 32, "%04d-%02d-%02d", year, month, day);
    else
        n = shown.month ? snprintf(text, 32, "%04d-%02d", year, month) : snprintf(text, 32, "%04d", year);
    return n > 0;
}
