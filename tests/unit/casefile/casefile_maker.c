/* Writes a case that has something of everything to the path it is given. */
#include "casefile_fixture.h"

int main(int argc, char **argv) {
    en_case *c;
    if (argc != 2) return 2;
    must(en_case_create(argv[1], "tester", &err));
    must(en_case_open(argv[1], true, &c, &err));
    fill_case(c, 1);
    en_case_close(c);
    return 0;
}
