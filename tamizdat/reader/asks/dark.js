refusals.dark = () => deck.dark.some(([first, last]) => first <= today && today <= last);
