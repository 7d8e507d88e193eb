// Figures stand in a text as style does: before anything is painted, so that nothing moves.
if (deck.names) fills.country = deck.names[country];
for (const what in fills)
  document.styleSheets[0].insertRule(`[data-fill=${what}]::before{content:${JSON.stringify(`${fills[what]}`)}}`);
