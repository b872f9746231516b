/* Writes a case that has something of everything, one of its records destroyed, to the path it is given. */
#include "casefile_fixture.h"

int main(int argc, char **argv) {
    en_case *c;
    en_stripped out;
    if (argc != 2) return 2;
    must(en_case_create(argv[1], "tester", &err));
    must(en_case_open(argv[1], true, &c, &err));
    fill_case(c, 1);
    must(en_case_begin(c, "tester", "destroy", &err));
    must(en_case_destroy(c, (en_id){3, FIXTURE_ROWS / 2}, "tester", "consent withdrawn", &out, &err));
    must(en_case_commit(c, NULL, &err));
    en_case_close(c);
    return 0;
}
