refusals.device = (ask) => ask.device && ask.device != (matchMedia("(max-width:40rem)").matches ? "phone" : "desk");
