/* log Γ by Stirling's series, and the normal quantile. The C library's lgamma writes the global signgam. */
#include "estimate/special.h"

#include <math.h>

/* log Γ(x) - ((x - 1/2) log x - x + log(2 pi)/2), x ≥ 12. */
static double stirling(double x) {
    double r = 1 / (x * x);
    return (1. / 12 + r * (-1. / 360 + r * (1. / 1260 + r * (-1. / 1680 + r * (1. / 1188 - r * 691. / 360360))))) / x;
}

double log_gamma(double x) {
    double shift = 1;
    while (x < 12) shift *= x++;
    return (x - .5) * log(x) - x + .918938533204672741780329736406 + stirling(x) - (shift == 1 ? 0 : log(shift));
}

double log_gamma_step(double x, double step) {
    double y = x + step;
    if (x < 12 || y < 12) return log_gamma(y) - log_gamma(x);
    return (x - .5) * log1p(step / x) + step * log(y) - step + stirling(y) - stirling(x);
}

/* Acklam's rational approximation (relative error 1.2e-9) as a start, then one step of Halley's method on erfc. */
static double rough_quantile(double p) {
    static const double a[] = {-3.969683028665376e+01, 2.209460984245205e+02,  -2.759285104469687e+02,
                               1.383577518672690e+02,  -3.066479806614716e+01, 2.506628277459239e+00};
    static const double b[] = {-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02,
                               6.680131188771972e+01, -1.328068155288572e+01};
    static const double c[] = {-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
                               -2.549732539343734e+00, 4.374664141464968e+00,  2.938163982698783e+00};
    static const double d[] = {7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
                               3.754408661907416e+00};
    double q = p < .5 ? p : 1 - p;
    if (q < .02425) {
        double t = sqrt(-2 * log(q));
        double x = (((((c[0] * t + c[1]) * t + c[2]) * t + c[3]) * t + c[4]) * t + c[5]) /
                   ((((d[0] * t + d[1]) * t + d[2]) * t + d[3]) * t + 1);
        return p < .5 ? x : -x;
    }
    double s = p - .5, r = s * s;
    return (((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * s /
           (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1);
}

double normal_quantile(double p) {
    double x = rough_quantile(p);
    double e = .5 * erfc(-x / sqrt(2)) - p;
    double u = e * 2.50662827463100050241576528481 * exp(x * x / 2);
    return x - u / (1 + x * u / 2);
}
