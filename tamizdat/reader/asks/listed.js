refusals.listed = () => deck.silent.includes(country);
