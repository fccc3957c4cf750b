#include "tests/data/test_change.h"
