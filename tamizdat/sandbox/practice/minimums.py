"""The least that the company takes, in minor units: about half a dollar, rounded as people would say it."""

MINIMUM_MINOR = {
    "AED": 200, "AMD": 20000, "ARS": 50000, "AUD": 50, "AZN": 85, "BGN": 100, "BHD": 200, "BRL": 50,
    "BYN": 160, "CAD": 50, "CHF": 50, "CLP": 500, "CNY": 400, "COP": 200000, "CZK": 1500, "DKK": 250,
    "EGP": 2500, "EUR": 50, "GBP": 30, "GEL": 140, "HKD": 400, "HUF": 17500, "ILS": 200, "INR": 5000,
    "ISK": 70, "JOD": 350, "JPY": 50, "KGS": 4500, "KRW": 700, "KWD": 150, "KZT": 25000, "MAD": 500,
    "MDL": 900, "MXN": 1000, "NOK": 300, "NZD": 50, "OMR": 200, "PLN": 200, "RON": 200, "RSD": 5500,
    "RUB": 5000, "SAR": 200, "SEK": 300, "SGD": 50, "THB": 1000, "TND": 1600, "TRY": 2000, "TWD": 1600,
    "UAH": 2000, "USD": 50, "UZS": 650000, "VND": 12500, "ZAR": 900,
}  # fmt: skip
