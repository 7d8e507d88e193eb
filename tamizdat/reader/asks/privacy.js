refusals.privacy = (ask) => ask.privacy && navigator.globalPrivacyControl;
