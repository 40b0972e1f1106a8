package dates_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"demarche/index/dates"
	"demarche/search"
)

func TestFind(t *testing.T) {
	tests := []struct {
		lang, text string
		want       string // "date=words" of each, separated by "|"
	}{
		{"", "2021-07-19", "2021-07-19=2021-07-19"},
		{"", "at 2021-07-19T13:45:00Z", "2021-07-19=2021-07-19"},
		{"", "2021/07/19", "2021-07-19=2021/07/19"},
		{"", "19 Jul. 2021", "2021-07-19=19 Jul. 2021"},
		{"", "Mis à jour le: 19 Jul. 2021 13:45", "2021-07-19=19 Jul. 2021"},
		{"", "(19-07-2021)", "2021-07-19=19-07-2021"},
		{"", "1476-19-07-2021", ""},
		{"", "19-Jul-2021", "2021-07-19=19-Jul-2021"},
		{"", "on July 19, 2021 in Brussels", "2021-07-19=July 19, 2021"},
		{"", "Sept. 2nd, 2021", "2021-09-02=Sept. 2nd, 2021"},
		{"", "12th of November, 2018", "2018-11-12=12th of November, 2018"},
		{"", "the 1st day of June 2020", "2020-06-01=1st day of June 2020"},
		{"", "le 19 juillet 2021", "2021-07-19=19 juillet 2021"},
		{"", "1er mars 2020", "2020-03-01=1er mars 2020"},
		{"", "le 5 AOÛT 2022", "2022-08-05=5 AOÛT 2022"},
		{"", "12 ноября 2018 года", "2018-11-12=12 ноября 2018 года"},
		{"", "[Париж, 12 ноября 2018 г.]", "2018-11-12=12 ноября 2018 г."},
		{"", "1-го января 2019г.", "2019-01-01=1-го января 2019г."},
		{"", "12.11.2018", "2018-11-12=12.11.2018"},
		{"fr", "le 12/11/2018", "2018-11-12=12/11/2018"},
		{"ru", "12/11/2018", "2018-11-12=12/11/2018"},
		{"en", "13/11/2018", "2018-11-13=13/11/2018"},
		{"en", "11/11/2018", "2018-11-11=11/11/2018"},
		{"", "12/11/2018", "2018=12/11/2018"},
		{"en", "Fri, 05/03/2024 - 14:05", "2024-05-03=05/03/2024"},
		{"en", "Friday 03/05/2024", "2024-05-03=03/05/2024"},
		{"en", "Mon, 03/05/2024", "2024=03/05/2024"},
		{"en", "2015.", ""},
		{"en", "A/70/PV.22 03/05/2024", "2024-05-03=03/05/2024"},
		{"", "«3» мая 2024 г.", "2024-05-03=3» мая 2024 г."},
		{"", "07/19/2021", "2021-07-19=07/19/2021"},
		{"en", "It was issued on 07/08/2021 by the Council", "2021=07/08/2021"},
		{"", "July 2021", "2021-07=July 2021"},
		{"", "en juillet 2021", "2021-07=juillet 2021"},
		{"", "в июле 2021 года", "2021-07=июле 2021 года"},
		{"", "Ноябрь 2018", "2018-11=Ноябрь 2018"},
		{"", "from 11 to 13 June 2021", "2021-06-13=13 June 2021"},
		{"", "13–14 мая 2020 года и 1 июня 2021 года", "2020-05-14=14 мая 2020 года|2021-06-01=1 июня 2021 года"},
		{"", "2018", "2018=2018"},
		{"", "(2018)", "2018=(2018)"},
		{"", "2018 год", "2018=2018 год"},
		// A leap day is one only in its years.
		{"", "29 February 2020", "2020-02-29=29 February 2020"},
		{"", "29 February 2021", ""},
		{"", "le 31 juin 2020", ""},
		{"", "Press release 73 June 2020", "2020-06=June 2020"},
		{"", "32 мая 2020", "2020-05=мая 2020"},
		// Numbers that are no dates.
		{"", "in 2021, states agreed", ""},
		{"", "Press release (2021) 120", ""},
		{"", "A/RES/73/2018", ""},
		{"", "version 1.2.20215", ""},
		{"", "31.31.2021", ""},
		{"", "Room 19, 2021 delegates", ""},
		{"", "", ""},
	}
	for _, tt := range tests {
		var got []string
		for _, f := range dates.Find(tt.lang, tt.text) {
			got = append(got, string(f.Date)+"="+tt.text[f.Span.Start:f.Span.End])
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, "|")); diff != "" {
			t.Errorf("Find(%q, %q): -want +got\n%s", tt.lang, tt.text, diff)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"19 Jul. 2021", "12/13/2014", "12 ноября 2018 года, 2021-07-19", "(2021)", "1er mars 20201"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, found := range dates.Find("fr", text) {
			if found.Span.Start < last || found.Span.Len() < 4 || found.Span.End > len(text) {
				t.Fatalf("%v in %q overlaps or lies outside", found, text)
			}
			last = found.Span.End
			if _, err := search.ParseDate(string(found.Date)); err != nil {
				t.Fatalf("%v in %q: %v", found, text, err)
			}
		}
	})
}

func TestOfField(t *testing.T) {
	tests := []struct {
		value string
		order dates.Order
		want  search.Date
	}{
		{"2021-07-19", dates.DayFirst, "2021-07-19"},
		{"2021-07-19T23:30:00+02:00", dates.DayFirst, "2021-07-19"},
		{"2021-07-19 07:00:00-04:00", dates.DayFirst, "2021-07-19"},
		{"20210719", dates.DayFirst, "2021-07-19"},
		{"20210719T103000Z", dates.DayFirst, "2021-07-19"},
		{"05/03/2018", dates.DayFirst, "2018-03-05"},
		{"05/03/2018", dates.MonthFirst, "2018-05-03"},
		{"05/03/2018", dates.Unsure, "2018"},
		{"16/03/2018", dates.Unsure, "2018-03-16"},
		{"16/03/2018", dates.MonthFirst, "2018-03-16"},
		{"Mon, 06 May 2024 10:00:00 GMT", dates.DayFirst, "2024-05-06"},
		{"Monday, May 6, 2024 - 10:00", dates.DayFirst, "2024-05-06"},
		{"6 мая 2024 года, 10:00", dates.DayFirst, "2024-05-06"},
		{"2024-05", dates.DayFirst, "2024-05"},
		{"2024", dates.DayFirst, "2024"},
		{"20150915 - 20180824", dates.DayFirst, ""},
		{"tomorrow", dates.DayFirst, ""},
		{"", dates.DayFirst, ""},
	}
	for _, tt := range tests {
		if got := dates.OfField(tt.value, tt.order); got != tt.want {
			t.Errorf("OfField(%q, %q) = %q, want %q", tt.value, tt.order, got, tt.want)
		}
	}
}
