package clean

func lineHyphens(text string) []edit { return nil }
