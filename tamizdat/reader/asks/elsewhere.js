refusals.elsewhere = (ask) => ask.elsewhere?.includes(country);
