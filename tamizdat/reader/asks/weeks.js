refusals.weeks = (ask) => ask.weeks && !(weeks >= ask.weeks[0] && weeks <= ask.weeks[1]);
