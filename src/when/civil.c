/* Days and civil dates of the proleptic Gregorian calendar (Hinnant, "chrono-Compatible Low-Level Date Algorithms"):
 * eras of 400 years that begin on 1 March, so that the leap day is the last of its year. */
#include <stdio.h>
#include <string.h>

#include "everyname/when.h"

int32_t en_day_number(int32_t year, int month, int day) {
    int64_t y = (int64_t)year - (month <= 2);
    int64_t era = (y >= 0 ? y : y - 399) / 400, year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    int64_t days = era * 146097 + day_of_era - 719468;
    return days <= EN_DAY_MIN ? EN_DAY_MIN + 1 : days >= EN_DAY_MAX ? EN_DAY_MAX - 1 : (int32_t)days;
}

void en_day_to_civil(int32_t day_number, int32_t *year, int *month, int *day) {
    int64_t z = (int64_t)day_number + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097, day_of_era = z - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted = (5 * day_of_year + 2) / 153;
    *day = (int)(day_of_year - (153 * shifted + 2) / 5 + 1);
    *month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
    *year = (int32_t)(year_of_era + era * 400 + (*month <= 2));
}

int en_days_in_month(int32_t year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

void en_time_print(int64_t seconds, char *buf, size_t cap) {
    int64_t days = seconds / 86400 - (seconds % 86400 < 0), rest = (seconds % 86400 + 86400) % 86400;
    int32_t year;
    int month, day;
    en_day_to_civil((int32_t)days, &year, &month, &day);
    snprintf(buf, cap, "%04d-%02d-%02dT%02d:%02d:%02dZ", (int)year, month, day, (int)(rest / 3600),
             (int)(rest / 60 % 60), (int)(rest % 60));
}

bool en_time_parse(const char *text, int64_t *seconds) {
    int year, month, day, hour = 0, minute = 0, second = 0, day_end = 0, minute_end = 0, second_end = 0;
    if (sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &day_end) != 3 || day_end != 10) return false;
    bool has_minute = sscanf(text + 10, "T%2d:%2d%n", &hour, &minute, &minute_end) == 2 && minute_end == 6;
    bool has_second = has_minute && sscanf(text + 16, ":%2d%n", &second, &second_end) == 1 && second_end == 3;
    const char *end = text + 10 + (has_minute ? 6 : 0) + (has_second ? 3 : 0);
    if (has_minute ? strcmp(end, "Z") != 0 : *end != 0) return false;
    if (month < 1 || month > 12 || day < 1 || day > en_days_in_month(year, month) || hour > 23 || minute > 59 ||
        second > 60 || hour < 0 || minute < 0 || second < 0)
        return false;
    *seconds = (int64_t)en_day_number(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
    return true;
}
