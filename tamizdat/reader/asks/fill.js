// Figures stand in a text as style does: before anything is painted, so that nothing moves.
const speak = new Intl.NumberFormat(document.documentElement.lang);
if (typeof country == "string") fills.country = new Intl.DisplayNames([document.documentElement.lang], { type: "region" }).of(country);
for (const what in fills) {
  const shown = typeof fills[what] == "number" ? speak.format(fills[what]) : fills[what];
  document.styleSheets[0].insertRule(`[data-fill=${what}]::before{content:${JSON.stringify(shown)}}`);
}
