fills.articles_read = read("all", 30);
