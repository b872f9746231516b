/* GeoJSON (RFC 7946) of an export: places, and incidents at the place they name, where coordinates are known. */
#include <stdlib.h>
#include <string.h>

#include "report/beside.h"
#include "report/export_parts.h"
#include "report/json.h"

static const json_t *place_of(const en_export_table *places, const char *id) {
    for (size_t i = 0; places && id && i < json_array_size(places->rows); i++) {
        const json_t *place = json_array_get(places->rows, i);
        if (strcmp(json_string_value(json_object_get(place, "id")), id) == 0) return place;
    }
    return NULL;
}

/* A decimal as the case has it, as a number of JSON. */
static json_t *degrees(const json_t *place, const char *member) {
    const char *text = json_string_value(json_object_get(place, member));
    return text ? json_loads(text, JSON_DECODE_ANY, NULL) : NULL;
}

static json_t *feature(const char *kind, const json_t *row, const json_t *place) {
    json_t *longitude = degrees(place, "longitude"), *latitude = degrees(place, "latitude");
    if (!longitude || !latitude) {
        json_decref(longitude);
        json_decref(latitude);
        return NULL;
    }
    json_t *properties = json_deep_copy(row);
    en_json_put(&properties, "table", json_string(kind));
    return json_pack("{s:s, s:O, s:{s:s, s:[o, o]}, s:o}", "type", "Feature", "id", json_object_get(row, "id"),
                     "geometry", "type", "Point", "coordinates", longitude, latitude, "properties", properties);
}

static void add_features(const exporting *x, const char *kind, json_t **features) {
    const en_export_table *places = en_export_table_of(&x->rows, "place"), *table = en_export_table_of(&x->rows, kind);
    for (size_t i = 0; table && i < json_array_size(table->rows); i++) {
        const json_t *row = json_array_get(table->rows, i);
        const json_t *place =
            table == places ? row : place_of(places, json_string_value(json_object_get(row, "place_id")));
        json_t *one = place ? feature(kind, row, place) : NULL;
        if (one) en_json_push(features, one);
    }
}

en_status export_geojson(const exporting *x, en_error *err) {
    json_t *features = json_array();
    add_features(x, "place", &features);
    add_features(x, "incident", &features);
    return report_put_json(x->dir, "places.geojson",
                           json_pack("{s:s, s:o}", "type", "FeatureCollection", "features", features), err);
}
