/* Persons of an account from lists and rows: which value is shown by which part of the written rule, fate over time,
 * independence, verification, families and parents. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/app.h"
#include "base/os.h"

static char folder[64], case_path[96], list_path[96];
static en_error err;

/* One person on three lists, linked by hand in place of a link run: each test looks at persons of single records and at
 * the ones that `link` joins by equal names and births. */
static const char first_list[] = "id,given_name,family_name,date_of_birth,sex,age,village,status,date\n"
                                 "A-1,Marin,Dalverek,1950-03-02,m,44,Orlesk,killed,1994-05-17\n"
                                 "A-2,Selva,Ishkari,1955-07-21,f,38,Orlesk,missing,1994-05-17\n"
                                 "A-3,Nelis,Orovan,1988-11-09,f,5,Brenna,alive,\n"
                                 "A-4,Tovan,Orovan,1960-01-30,m,34,Brenna,killed,1994-05-18\n"
                                 "A-5,Karo,Orovan,1962-02-14,f,32,Brenna,killed,1994-05-18\n";
static const char second_list[] = "id,given_name,family_name,date_of_birth,sex,age,village,status,date\n"
                                  "B-1,Marin,Dalverek,1950-03-02,m,44,Brenna,killed,1994-05-17\n"
                                  "B-2,Selva,Ishkari,1955-07-21,f,38,Brenna,missing,1994-05-17\n"
                                  "B-3,Nelis,Orovan,1988-11-09,f,5,Orlesk,alive,\n"
                                  "B-4,Tovan,Orovan,1960-01-30,m,34,Orlesk,killed,1994-05-18\n"
                                  "B-5,Karo,Orovan,1962-02-14,f,32,Orlesk,killed,1994-05-18\n";

static void must(en_status status) {
    char text[1024];
    if (status == EN_OK) return;
    en_error_format(&err, text, sizeof text);
    fail_msg("%s", text);
}

static void import(const char *list, const char *title, const char *released, const char *grade) {
    en_import_result r;
    en_import_options o = {.actor = "tester",
                           .file = list_path,
                           .source = {.title = title, .kind = "list", .grade = grade},
                           .released = released,
                           .threads = 1};
    must(en_os_write_file(list_path, en_str_of(list), &err));
    must(en_app_import(case_path, &o, &r, &err));
    en_import_result_clear(&r);
}

/* "MEMBER=VALUE|MEMBER=VALUE" */
static en_status try_add(const char *kind, const char *fields) {
    char text[1024];
    const char *parts[16];
    en_add_result r;
    en_add_options o = {.actor = "tester", .kind = kind, .fields = parts};
    snprintf(text, sizeof text, "%s", fields);
    for (char *at = strtok(text, "|"); at; at = strtok(NULL, "|")) parts[o.n_fields++] = at;
    en_status status = en_app_add(case_path, &o, &r, &err);
    if (status == EN_OK) en_add_result_clear(&r);
    return status;
}

static void add(const char *kind, const char *fields) { must(try_add(kind, fields)); }

static void link_lists(void) {
    en_app_link_result r;
    en_app_link_options o = {
        .actor = "tester", .one_per_list = true, .seed = 1, .threads = 1, .memory = (size_t)256 << 20};
    must(en_app_link(case_path, &o, &r, &err));
    en_app_link_result_clear(&r);
}

static en_account open_account(void) {
    en_account a;
    must(en_account_open(case_path, NULL, &a, &err));
    return a;
}

static const en_account_person *named(const en_account *a, const char *name) {
    for (int64_t i = 0; i < a->n_persons; i++)
        if (strcmp(a->persons[i].name, name) == 0) return &a->persons[i];
    fail_msg("nobody is called %s", name);
    return NULL;
}

static void expect(const en_account_person *p, en_dimension d, const char *value, en_rule rule) {
    assert_string_equal(p->value[d], value);
    assert_int_equal(p->rule[d], rule);
}

static int setup(void **state) {
    (void)state;
    strcpy(folder, "/tmp/everyname-test-XXXXXX");
    if (!mkdtemp(folder)) return -1;
    snprintf(case_path, sizeof case_path, "%s/case.everyname", folder);
    snprintf(list_path, sizeof list_path, "%s/list.csv", folder);
    return en_case_create(case_path, "tester", &err) == EN_OK ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    unlink(case_path);
    unlink(list_path);
    return rmdir(folder);
}

static void two_lists(const char *released_a, const char *grade_a, const char *released_b, const char *grade_b) {
    import(first_list, "First", released_a, grade_a);
    import(second_list, "Second", released_b, grade_b);
    link_lists();
}

static void the_earliest_decides_last(void **state) {
    (void)state;
    two_lists(NULL, NULL, NULL, NULL);
    en_account a = open_account();
    assert_int_equal(a.n_persons, 5);
    const en_account_person *p = named(&a, "Marin Dalverek");
    expect(p, EN_DIM_PLACE, "Orlesk", EN_RULE_EARLIEST);
    expect(p, EN_DIM_SEX, "male", EN_RULE_AGREED);
    assert_true(p->disputed[EN_DIM_PLACE]);
    assert_int_equal(p->n_groups, 2);
    en_account_clear(&a);
}

static void the_latest_release_comes_before_the_earliest(void **state) {
    (void)state;
    two_lists("1994-06", NULL, "1995-02", NULL);
    en_account a = open_account();
    expect(named(&a, "Marin Dalverek"), EN_DIM_PLACE, "Brenna", EN_RULE_RELEASE);
    en_account_clear(&a);
}

static void the_best_grade_comes_before_the_earliest(void **state) {
    (void)state;
    two_lists(NULL, "C", NULL, "B");
    en_account a = open_account();
    expect(named(&a, "Marin Dalverek"), EN_DIM_PLACE, "Brenna", EN_RULE_GRADE);
    en_account_clear(&a);
    add("grading", "of=First|source_grade=A|by=R. Archivist");
    a = open_account();
    expect(named(&a, "Marin Dalverek"), EN_DIM_PLACE, "Orlesk", EN_RULE_GRADE);
    en_account_clear(&a);
}

static void statements_vote_and_reviewers_decide(void **state) {
    (void)state;
    two_lists(NULL, NULL, NULL, NULL);
    add("source", "title=Neighbour|kind=testimony");
    add("statement", "subject=A-1|property=place|value=Brenna|source=Neighbour");
    en_account a = open_account();
    expect(named(&a, "Marin Dalverek"), EN_DIM_PLACE, "Brenna", EN_RULE_SOURCES);
    en_account_clear(&a);
    add("resolution", "person=B-1|property=place|value=Orlesk|why=the register has it");
    a = open_account();
    expect(named(&a, "Marin Dalverek"), EN_DIM_PLACE, "Orlesk", EN_RULE_REVIEWER);
    assert_true(named(&a, "Marin Dalverek")->disputed[EN_DIM_PLACE]);
    en_account_clear(&a);
}

static void a_correction_takes_the_place_of_what_a_record_says(void **state) {
    (void)state;
    two_lists(NULL, NULL, NULL, NULL);
    add("correction", "of=A-1|property=place|value=Brenna|why=the family asked for it|requested_by=a sister");
    add("correction", "of=A-2|property=sex|value=m|why=typed wrongly");
    add("correction", "of=B-2|property=sex|value=|why=not known");
    en_account a = open_account();
    expect(named(&a, "Marin Dalverek"), EN_DIM_PLACE, "Brenna", EN_RULE_AGREED);
    assert_false(named(&a, "Marin Dalverek")->disputed[EN_DIM_PLACE]);
    expect(named(&a, "Selva Ishkari"), EN_DIM_SEX, "male", EN_RULE_AGREED);
    en_account_clear(&a);
}

static void fate_follows_time(void **state) {
    (void)state;
    import(first_list, "First", NULL, NULL);
    en_account a = open_account();
    expect(named(&a, "Selva Ishkari"), EN_DIM_FATE, "unknown", EN_RULE_AGREED);
    expect(named(&a, "Marin Dalverek"), EN_DIM_FATE, "dead", EN_RULE_AGREED);
    assert_false(named(&a, "Marin Dalverek")->may_be_living);
    en_account_clear(&a);

    add("status_event", "person=A-2|status=released|date=1994-08|asserted_on=1994-09|source=First");
    a = open_account();
    const en_account_person *p = named(&a, "Selva Ishkari");
    expect(p, EN_DIM_FATE, "alive", EN_RULE_TIME);
    assert_string_equal(p->value[EN_DIM_STATUS], "released");
    assert_int_equal(p->n_events, 1);
    assert_string_equal(a.events[p->first_event].date, "1994-08");
    assert_string_equal(a.events[p->first_event].said, "1994-09");
    assert_string_equal(a.events[p->first_event].by, "First");
    en_account_clear(&a);

    add("status_event", "person=A-2|status=missing|date=1994-07|source=First");
    a = open_account();
    expect(named(&a, "Selva Ishkari"), EN_DIM_FATE, "alive", EN_RULE_TIME);
    en_account_clear(&a);

    add("status_event", "person=A-2|status=remains_identified|date=1999|source=First");
    a = open_account();
    expect(named(&a, "Selva Ishkari"), EN_DIM_FATE, "dead", EN_RULE_TIME);
    assert_string_equal(named(&a, "Selva Ishkari")->value[EN_DIM_STATUS], "dead");
    assert_string_equal(named(&a, "Selva Ishkari")->value[EN_DIM_WHEREABOUTS], "known");
    assert_false(named(&a, "Selva Ishkari")->may_be_living);
    en_account_clear(&a);

    add("status_event", "person=A-2|status=identification_revoked|date=2001|source=First");
    a = open_account();
    expect(named(&a, "Selva Ishkari"), EN_DIM_FATE, "unknown", EN_RULE_TIME);
    assert_true(named(&a, "Selva Ishkari")->may_be_living);
    en_account_clear(&a);
}

static void a_later_life_disputes_a_death(void **state) {
    (void)state;
    two_lists(NULL, NULL, NULL, NULL);
    add("source", "title=Neighbour|kind=testimony");
    add("source", "title=Clinic|kind=register");
    add("status_event", "person=A-1|status=located_alive|date=1996|source=Neighbour");
    en_account a = open_account();
    const en_account_person *p = named(&a, "Marin Dalverek");
    expect(p, EN_DIM_FATE, "dead", EN_RULE_SOURCES); /* two lists against one witness */
    assert_true(p->disputed[EN_DIM_FATE]);
    assert_true(p->may_be_living);
    assert_int_equal(p->n_groups, 3);
    en_account_clear(&a);
    add("status_event", "person=A-1|status=injured|date=1995|source=Clinic");
    a = open_account();
    expect(named(&a, "Marin Dalverek"), EN_DIM_FATE, "alive", EN_RULE_TIME); /* as many: the later */
    en_account_clear(&a);
}

static void what_copies_is_not_independent(void **state) {
    (void)state;
    import(first_list, "First", NULL, NULL);
    add("source", "title=Paper|kind=article");
    add("act", "kind=killing|victim=A-1|source=Paper|cites=First");
    add("act", "kind=killing|victim=A-4|source=Paper|citing=First");
    add("act", "kind=killing|victim=A-5|source=Paper");
    en_account a = open_account();
    assert_int_equal(named(&a, "Marin Dalverek")->n_groups, 1);
    assert_int_equal(named(&a, "Tovan Orovan")->n_groups, 1);
    assert_int_equal(named(&a, "Karo Orovan")->n_groups, 2);
    en_account_clear(&a);
    add("independence", "sources=Paper;First|group=the same telephone call|why=the paper says so");
    a = open_account();
    assert_int_equal(named(&a, "Karo Orovan")->n_groups, 1);
    en_account_clear(&a);
}

static int64_t count_of(const en_account *a, en_count_query query) {
    en_count c;
    query.show_small = true;
    must(en_account_count(a, &query, &c, &err));
    int64_t total = c.total;
    en_count_clear(&c);
    return total;
}

static void verified_needs_a_confirmed_verification(void **state) {
    (void)state;
    import(first_list, "First", NULL, NULL);
    en_count_query verified = {.level = EN_LEVEL_VERIFIED};
    en_account a = open_account();
    assert_int_equal(count_of(&a, verified), 0);
    en_account_clear(&a);
    add("verification", "of=A-1|state=confirmed|standard=reasonable_grounds");
    add("verification", "of=A-4|state=rejected|why=another person's papers");
    a = open_account();
    assert_int_equal(count_of(&a, verified), 1);
    assert_string_equal(named(&a, "Marin Dalverek")->standard, "reasonable_grounds");
    assert_string_equal(named(&a, "Tovan Orovan")->value[EN_DIM_VERIFICATION], "rejected");
    en_account_clear(&a);
    add("verification", "of=A-1|state=inconclusive");
    a = open_account();
    assert_int_equal(count_of(&a, verified), 0);
    en_account_clear(&a);
}

static void parents_and_families(void **state) {
    (void)state;
    import(first_list, "First", NULL, NULL);
    add("kinship", "person=A-4|relation=father|of=A-3");
    en_account a = open_account();
    assert_string_equal(named(&a, "Nelis Orovan")->value[EN_DIM_PARENTS], "lost_at_least_one");
    en_account_clear(&a);
    add("kinship", "person=A-3|relation=daughter|of=A-5");
    add("family", "name=Orovan|members=A-4;A-5");
    a = open_account();
    assert_string_equal(named(&a, "Nelis Orovan")->value[EN_DIM_PARENTS], "lost_both");
    assert_int_equal(a.n_families, 1);
    assert_int_equal(a.families[0].state, EN_FAMILY_NO_SURVIVOR_RECORDED);
    en_account_clear(&a);
    add("family", "name=Orovan and child|members=A-3;A-4;A-5|complete=yes|source=First");
    add("family", "name=Orovan of the mill|members=A-4;A-5|complete=yes|asserted_by=An aunt");
    a = open_account();
    assert_int_equal(a.families[1].state, EN_FAMILY_SURVIVOR);
    assert_int_equal(a.families[2].state, EN_FAMILY_KILLED);
    assert_string_equal(a.families[2].stated_by, "An aunt");
    en_count_query killed = {.unit = EN_COUNT_FAMILIES, .n_where = 1, .where = {{EN_DIM_FAMILY, "killed"}}};
    assert_int_equal(count_of(&a, killed), 1);
    en_account_clear(&a);
    add("status_event", "person=A-5|status=located_alive|date=1999|source=First");
    a = open_account();
    assert_string_equal(named(&a, "Nelis Orovan")->value[EN_DIM_PARENTS], "lost_one");
    assert_int_equal(a.families[2].state, EN_FAMILY_SURVIVOR);
    en_account_clear(&a);
}

static void an_account_of_the_past_knows_no_later_rows(void **state) {
    (void)state;
    import(first_list, "First", NULL, NULL);
    en_account before = open_account(), now, then;
    add("incident", "title=Brenna|key=I1");
    add("incident", "title=The bridge at Brenna|part_of=I1|key=I2");
    add("act", "kind=killing|victim=A-4|incident=I2");
    now = open_account();
    assert_int_equal(now.n_events, 1);
    en_count_query at = {.n_where = 1, .where = {{EN_DIM_INCIDENT, "Brenna"}}};
    assert_int_equal(count_of(&now, at), 1);
    must(en_account_open(case_path, before.head, &then, &err));
    assert_int_equal(then.n_events, 0);
    assert_int_equal(then.n_incidents, 0);
    en_account_clear(&then);
    en_account_clear(&now);
    en_account_clear(&before);
}

static void alternatives_of_one_dimension(void **state) {
    (void)state;
    import(first_list, "First", NULL, NULL);
    en_account a = open_account();
    en_count_query q = {.n_where = 2, .where = {{EN_DIM_AGE_GROUP, "0-17"}, {EN_DIM_AGE_GROUP, "18-59"}}};
    assert_int_equal(count_of(&a, q), 5);
    en_count_query both = {.n_where = 2, .where = {{EN_DIM_EVER, "killed"}, {EN_DIM_EVER, "missing"}}};
    assert_int_equal(count_of(&a, both), 0);
    en_account_clear(&a);
}

/* Acts speak of cause, civilian status and its rule; what one that killed nobody says gives way to all else, and what
 * repeats another source is no voice of its own. */
static void acts_speak_of_causes(void **state) {
    (void)state;
    import(first_list, "First", NULL, NULL);
    add("source", "title=Post|kind=report");
    add("source", "title=Herald|kind=report");
    add("act", "kind=injury|victim=A-1|cause=incendiary|source=Post");
    en_account a = open_account();
    expect(named(&a, "Marin Dalverek"), EN_DIM_CAUSE, "incendiary", EN_RULE_AGREED);
    en_account_clear(&a);
    add("act", "kind=killing|victim=A-1|cause=small_arms|civilian=civilian|civilian_rule=in no unit|source=Post");
    a = open_account();
    expect(named(&a, "Marin Dalverek"), EN_DIM_CAUSE, "small_arms", EN_RULE_AGREED);
    expect(named(&a, "Marin Dalverek"), EN_DIM_CIVILIAN_RULE, "in no unit", EN_RULE_AGREED);
    assert_false(named(&a, "Marin Dalverek")->disputed[EN_DIM_CAUSE]);
    en_account_clear(&a);
    add("act", "kind=killing|victim=A-1|cause=cbrn|civilian=armed_forces|civilian_rule=bore arms|source=Herald");
    add("act", "kind=killing|victim=A-1|cause=cbrn|source=First|cites=Herald");
    a = open_account();
    expect(named(&a, "Marin Dalverek"), EN_DIM_CAUSE, "small_arms", EN_RULE_EARLIEST);
    expect(named(&a, "Marin Dalverek"), EN_DIM_CIVILIAN_STATUS, "civilian", EN_RULE_EARLIEST);
    expect(named(&a, "Marin Dalverek"), EN_DIM_CIVILIAN_RULE, "in no unit", EN_RULE_AGREED);
    en_account_clear(&a);
    add("act", "kind=killing|victim=A-1|cause=cbrn|civilian=armed_forces|civilian_rule=bore arms|source=First");
    a = open_account();
    expect(named(&a, "Marin Dalverek"), EN_DIM_CAUSE, "cbrn", EN_RULE_SOURCES);
    expect(named(&a, "Marin Dalverek"), EN_DIM_CIVILIAN_RULE, "bore arms", EN_RULE_AGREED);
    en_account_clear(&a);
}

static int64_t of_party(const en_account *a, const char *party) {
    en_count_query q = {.n_where = 1, .where = {{EN_DIM_ALLEGED, party}}};
    return count_of(a, q);
}

/* By the incident, and by all that is part of it; by the act alone; under the name of the case's actor. */
static void parties_are_alleged(void **state) {
    (void)state;
    import(first_list, "First", NULL, NULL);
    add("actor", "name=Northern Guard|names.1.text=The Guard");
    add("incident", "title=Brenna|key=I1");
    add("incident", "title=The bridge at Brenna|part_of=I1|key=I2");
    add("act", "kind=killing|victim=A-4|incident=I2|key=D1");
    add("act", "kind=killing|victim=A-5|incident=I1|key=D2");
    add("allegation", "of=I1|actor=THE GUARD|asserted_by=A neighbour|key=L1");
    add("allegation", "of=D1|actor=Eastern Column|source=First");
    add("allegation", "act=the mill was burned|actor=Eastern Column|source=First");
    add("response", "allegation=L1|kind=denies_act");
    en_account a = open_account();
    assert_int_equal(of_party(&a, "Northern Guard"), 2);
    assert_int_equal(of_party(&a, "Eastern Column"), 1);
    assert_int_equal(of_party(&a, "none"), 3);
    assert_int_equal(a.n_allegations, 2);
    assert_string_equal(a.allegations[0].by, "A neighbour");
    assert_string_equal(a.allegations[0].response, "denies_act");
    assert_string_equal(a.allegations[1].by, "First");
    en_account_clear(&a);
}

static const char *level_of(const en_account *a, const char *name, en_dimension level) {
    const en_account_person *p = named(a, name);
    return p->place < 0 ? "unknown" : a->places[p->place].at[level - EN_DIM_PLACE_SITE];
}

/* Two places of one name are neither. */
static void places_lie_in_places(void **state) {
    (void)state;
    import(first_list, "First", NULL, NULL);
    add("place", "name=Upper Vale|level=province|key=P1");
    add("place", "name=Vale|level=district|within=P1|key=P2");
    add("place", "name=Orlesk|level=settlement|within=P2");
    en_account a = open_account();
    assert_string_equal(level_of(&a, "Marin Dalverek", EN_DIM_PLACE_SETTLEMENT), "Orlesk");
    assert_string_equal(level_of(&a, "Marin Dalverek", EN_DIM_PLACE_DISTRICT), "Vale");
    assert_string_equal(level_of(&a, "Marin Dalverek", EN_DIM_PLACE_PROVINCE), "Upper Vale");
    assert_string_equal(level_of(&a, "Marin Dalverek", EN_DIM_PLACE_COUNTRY), "unknown");
    assert_string_equal(level_of(&a, "Nelis Orovan", EN_DIM_PLACE_DISTRICT), "unknown");
    en_account_clear(&a);
    add("place", "name=Orlesk|level=settlement|within=P1");
    a = open_account();
    assert_string_equal(level_of(&a, "Marin Dalverek", EN_DIM_PLACE_DISTRICT), "unknown");
    en_account_clear(&a);
}

static void circles_are_refused(void **state) {
    (void)state;
    import(first_list, "First", NULL, NULL);
    add("kinship", "person=A-1|relation=father|of=A-2");
    add("kinship", "person=A-2|relation=mother|of=A-3");
    assert_int_equal(try_add("kinship", "person=A-3|relation=parent|of=A-1"), EN_ERR_INPUT);
    assert_non_null(strstr(err.message, "circle"));
    add("kinship", "person=A-3|relation=child|of=A-1");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_earliest_decides_last, setup, teardown),
        cmocka_unit_test_setup_teardown(the_latest_release_comes_before_the_earliest, setup, teardown),
        cmocka_unit_test_setup_teardown(the_best_grade_comes_before_the_earliest, setup, teardown),
        cmocka_unit_test_setup_teardown(statements_vote_and_reviewers_decide, setup, teardown),
        cmocka_unit_test_setup_teardown(a_correction_takes_the_place_of_what_a_record_says, setup, teardown),
        cmocka_unit_test_setup_teardown(fate_follows_time, setup, teardown),
        cmocka_unit_test_setup_teardown(a_later_life_disputes_a_death, setup, teardown),
        cmocka_unit_test_setup_teardown(what_copies_is_not_independent, setup, teardown),
        cmocka_unit_test_setup_teardown(verified_needs_a_confirmed_verification, setup, teardown),
        cmocka_unit_test_setup_teardown(parents_and_families, setup, teardown),
        cmocka_unit_test_setup_teardown(an_account_of_the_past_knows_no_later_rows, setup, teardown),
        cmocka_unit_test_setup_teardown(alternatives_of_one_dimension, setup, teardown),
        cmocka_unit_test_setup_teardown(acts_speak_of_causes, setup, teardown),
        cmocka_unit_test_setup_teardown(parties_are_alleged, setup, teardown),
        cmocka_unit_test_setup_teardown(places_lie_in_places, setup, teardown),
        cmocka_unit_test_setup_teardown(circles_are_refused, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
