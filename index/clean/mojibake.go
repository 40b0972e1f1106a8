package clean

func doubleEncoded(text string) []edit { return nil }

func lostBytes(text string) []edit { return nil }
