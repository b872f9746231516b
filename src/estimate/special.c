/* log Γ by Stirling's series, the normal quantile, tails of the Poisson distribution. The C library's lgamma writes the
 * global signgam. */
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

/* log of the standard normal's tail below -z; for large z by the first terms of the asymptotic series. */
static double log_normal_tail(double z) {
    if (z < 25) return log(.5 * erfc(z / sqrt(2)));
    return -z * z / 2 - log(z) - .918938533204672741780329736406 + log1p(-1 / (z * z) + 3 / (z * z * z * z));
}

/* Barndorff-Nielsen's r* with the half as continuity correction: its error falls as 1/k. Near the mean r* has a
 * removable singularity, where the normal itself is right to 1/sqrt(k). */
static double log_tail_of_many(double x, double mean, bool upper) {
    double r = (mean - x) / x, side = x < mean ? -1 : 1;
    double w = side * sqrt(fmax(0, 2 * x * (r - log1p(r)))), v = -log1p(r) * sqrt(x);
    double star = fabs(w) > 1e-3 ? w + log(v / w) / w : w + 1 / (6 * sqrt(x));
    return log_normal_tail(upper ? star : -star);
}

/* log of the sum of Poisson terms from k on, away from the mean. */
static double log_sum_from(double k, double mean, bool upper) {
    double log_first = k * log(mean) - mean - log_gamma(k + 1), sum = 1, term = 1;
    for (double i = k; term > 1e-17 * sum && (upper || i > 0); i += upper ? 1 : -1) {
        term *= upper ? mean / (i + 1) : i / mean;
        sum += term;
    }
    return fmin(0, log_first + log(sum));
}

double log_poisson_tail(double k, double mean, bool upper) {
    if (k < 0 || (upper && k == 0)) return upper ? 0 : -INFINITY;
    if (k > 20000) return log_tail_of_many(upper ? k - .5 : k + .5, mean, upper);
    if (upper ? k < mean : k > mean) return log1p(-exp(log_poisson_tail(upper ? k - 1 : k + 1, mean, !upper)));
    return log_sum_from(k, mean, upper);
}
