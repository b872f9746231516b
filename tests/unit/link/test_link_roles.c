/* What headers mean. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "everyname/link.h"

static void roles_by_name(void **state) {
    (void)state;
    for (int r = EN_ROLE_NAME; r <= EN_ROLE_DATE; r++)
        assert_int_equal(en_role_of(en_str_of(en_role_name((en_role)r))), r);
    assert_int_equal(en_role_of(EN_LIT("nothing")), EN_ROLE_NONE);
    assert_int_equal(en_role_of(EN_LIT("none")), EN_ROLE_NONE);
}

static void roles_by_header(void **state) {
    (void)state;
    static const struct {
        const char *header;
        en_role role;
    } cases[] = {{"First name", EN_ROLE_GIVEN},
                 {"fname_c1", EN_ROLE_GIVEN},
                 {"lname_c1", EN_ROLE_FAMILY},
                 {"given_name", EN_ROLE_GIVEN},
                 {"gname", EN_ROLE_GIVEN},
                 {"Surname", EN_ROLE_FAMILY},
                 {"DOB", EN_ROLE_BIRTH},
                 {"DateOfBirth", EN_ROLE_BIRTH},
                 {"date_of_birth", EN_ROLE_BIRTH},
                 {"by", EN_ROLE_BIRTH_YEAR},
                 {"bm", EN_ROLE_BIRTH_MONTH},
                 {"bd", EN_ROLE_BIRTH_DAY},
                 {"soc_sec_id", EN_ROLE_ID_NUMBER},
                 {"postcode", EN_ROLE_EXACT},
                 {"suburb", EN_ROLE_PLACE},
                 {"City", EN_ROLE_PLACE},
                 {"sex", EN_ROLE_SEX},
                 {"Gender", EN_ROLE_SEX},
                 {"Full name", EN_ROLE_NAME},
                 {"الاسم", EN_ROLE_NAME},
                 {"Фамилия", EN_ROLE_FAMILY},
                 {"ФИО", EN_ROLE_NAME},
                 {"Прізвище", EN_ROLE_FAMILY},
                 {"تاريخ الميلاد", EN_ROLE_BIRTH},
                 {"Father's name", EN_ROLE_FATHER},
                 {"Date of death", EN_ROLE_EVENT_DATE},
                 {"Age", EN_ROLE_AGE},
                 {"prénom", EN_ROLE_GIVEN},
                 {"", EN_ROLE_NONE},
                 {"remarks", EN_ROLE_NONE}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (en_role_guess(en_str_of(cases[i].header)) != cases[i].role)
            fail_msg("%s: %s", cases[i].header, en_role_name(en_role_guess(en_str_of(cases[i].header))));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(roles_by_name), cmocka_unit_test(roles_by_header)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
