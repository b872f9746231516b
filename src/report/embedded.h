/* Files that the build turns into arrays (web/meson.build). */
#ifndef EN_REPORT_EMBEDDED_H
#define EN_REPORT_EMBEDDED_H

#include <stddef.h>

extern const char report_css[], report_js[], plot_css[], fonts_css[];
extern const size_t report_css_len, report_js_len, plot_css_len, fonts_css_len;

#endif
