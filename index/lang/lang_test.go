package lang_test

import (
	"testing"

	"demarche/index/lang"
)

func TestDetect(t *testing.T) {
	tests := []struct{ want, text string }{
		{"en", "We call on all States to uphold their obligations in cyberspace."},
		{"en", "Statement by the Council on the security of networks"},
		{"fr", "Nous appelons tous les États à respecter leurs obligations dans le cyberespace."},
		{"fr", "Déclaration du Conseil sur la sécurité des réseaux"},
		{"ru", "Мы призываем все государства соблюдать свои обязательства в киберпространстве."},
		{"ru", "Заявление"},
		{"ru", "ПРИЗЫВ К ДОВЕРИЮ"},
		// A word or two tell nothing.
		{"und", "Communication"},
		{"und", "NATO"},
		{"und", ""},
		{"und", "2021 – 120"},
		// Neighbours of the three.
		{"und", "Ми закликаємо всі держави дотримуватися своїх зобов'язань у кіберпросторі."},
		{"und", "Мы заклікаем усе дзяржавы выконваць свае абавязацельствы ў кіберпрасторы."},
		{"und", "Ние призоваваме всички държави да спазват своите задължения в киберпространството и да не се намесват."},
		{"und", "Позивамо све државе да поштују своје обавезе у сајбер простору."},
		{"und", "Wir rufen alle Staaten auf, ihre Verpflichtungen im Cyberraum einzuhalten und die Normen zu achten."},
		{"und", "Hacemos un llamamiento a todos los Estados para que cumplan sus obligaciones en el ciberespacio."},
		{"und", "Invitiamo tutti gli Stati a rispettare i loro obblighi nel ciberspazio e le norme del diritto."},
		{"und", "Apelamos a todos os Estados para que cumpram as suas obrigações no ciberespaço."},
		{"und", "Bütün devletleri siber uzayda yükümlülüklerine uymaya ve sorumlu davranmaya çağırıyoruz."},
		{"und", "نحن ندعو جميع الدول إلى الوفاء بالتزاماتها"},
		// Names of another script do not decide.
		{"ru", "Мы осуждаем взлом сервера Microsoft Exchange и других систем."},
		{"en", "The group, in Russian «Песчаный червь», has attacked the networks of our partners."},
	}
	for _, tt := range tests {
		if got := lang.Detect(tt.text); got != tt.want {
			t.Errorf("Detect(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}
