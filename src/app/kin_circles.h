/* Nobody is their own ancestor. */
#ifndef EN_APP_KIN_CIRCLES_H
#define EN_APP_KIN_CIRCLES_H

#include "app/case_model.h"

/* EN_ERR_INPUT, naming a row of a circle, where the parents that the case's kinship rows state, those of this
 * transaction too, lead back to a person. Records that the newest link run joined are one person. */
en_status en_kin_check_circles(en_case *c, const en_model *model, en_error *err);

#endif
