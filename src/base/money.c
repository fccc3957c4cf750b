#include "centurion/base/money.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

bool money_parse(const char *text, int64_t *cents)
{
    bool negative = *text == '-';
    const uint64_t most = (uint64_t)INT64_MAX + negative;
    uint64_t value = 0;
    int digits = 0, decimals = -1; /* -1: no point yet */
    for (text += negative || *text == '+'; *text; text++) {
        if (*text == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        uint64_t digit = (uint64_t)(*text - '0');
        if (*text < '0' || *text > '9' || decimals == 2 || value > (most - digit) / 10)
            return false;
        value = value * 10 + digit;
        digits++;
        decimals += decimals >= 0;
    }
    for (int i = decimals < 0 ? 0 : decimals; i < 2; i++) {
        if (value > most / 10)
            return false;
        value *= 10;
    }
    if (!digits)
        return false;
    /* The least value has no positive counterpart. */
    *cents = negative && value ? -(int64_t)(value - 1) - 1 : (int64_t)value;
    return true;
}

static uint64_t magnitude(int64_t cents)
{
    return cents < 0 ? 0 - (uint64_t)cents : (uint64_t)cents;
}

char *money_iso(int64_t cents, char out[MONEY_TEXT_MAX])
{
    uint64_t value = magnitude(cents);
    snprintf(out, MONEY_TEXT_MAX, "%s%" PRIu64 ".%02" PRIu64, cents < 0 ? "-" : "", value / 100, value % 100);
    return out;
}

char *money_format(int64_t cents, char out[MONEY_TEXT_MAX])
{
    char plain[MONEY_TEXT_MAX];
    money_iso(cents, plain);
    char *to = out;
    size_t whole = strcspn(plain, "."), sign = cents < 0;
    for (size_t i = 0; i < whole; i++) {
        if (i > sign && (whole - i) % 3 == 0)
            *to++ = ',';
        *to++ = plain[i];
    }
    strcpy(to, plain + whole);
    return out;
}

const char *money_symbol(const char *currency)
{
    static const struct {
        const char *code, *symbol;
    } symbols[] = {{"USD", "$"}, {"EUR", "€"}, {"GBP", "£"}, {"JPY", "¥"}};
    for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++)
        if (strcmp(symbols[i].code, currency) == 0)
            return symbols[i].symbol;
    return currency;
}
