"""Makes resumes whose fields are known: people as data, set in many layouts, with expected.json beside them.

The people of crates/documents/tests/fixtures/known/people.json are invented; the files made of them are checked in.
  pip install python-docx; apt-get install chromium fonts-noto-cjk fonts-lohit-deva; python tools/known_resumes.py
Others, for measuring only, in every layout (JSON Resume and FRESH files are read, broken ones are passed over):
  python tools/known_resumes.py --from DIR --out DIR --every-layout
"""

import argparse
import html
import json
import pathlib
import subprocess
import tempfile

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Cm, Pt

KNOWN = pathlib.Path(__file__).resolve().parent.parent / "crates/documents/tests/fixtures/known"
LAYOUTS = [f"{shape}.{kind}" for shape in ("plain", "margin", "stacked", "table", "sidebar") for kind in ("pdf", "docx", "txt", "md")]
LAYOUTS = [name for name in LAYOUTS if name not in ("sidebar.docx", "sidebar.txt", "sidebar.md", "table.txt", "table.md", "margin.txt", "margin.md", "stacked.md")]

HEADINGS = {
    "en": ("Profile", "Work experience", "Education", "Skills", "Languages", "Certifications", "Contact"),
    "de": ("Kurzprofil", "Berufserfahrung", "Ausbildung", "Kenntnisse", "Sprachen", "Zertifikate", "Kontakt"),
    "hi": ("सारांश", "कार्य अनुभव", "शिक्षा", "कौशल", "भाषाएँ", "प्रमाणपत्र", "संपर्क"),
    "zh": ("个人简介", "工作经历", "教育背景", "专业技能", "语言能力", "证书", "联系方式"),
    "fr": ("Profil", "Expérience professionnelle", "Formation", "Compétences", "Langues", "Certifications", "Contact"),
    "es": ("Perfil", "Experiencia laboral", "Educación", "Habilidades", "Idiomas", "Certificaciones", "Contacto"),
}
LABELS = {"en": ("Email", "Phone"), "de": ("E-Mail", "Tel."), "hi": ("ईमेल", "फ़ोन"), "zh": ("邮箱", "电话"), "fr": ("E-mail", "Tél."), "es": ("Correo", "Tel.")}
PRESENT = {"en": "Present", "de": "heute", "hi": "वर्तमान", "zh": "至今", "fr": "aujourd’hui", "es": "actualidad"}
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "hi": "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}


def date(value, person):
    """A date as this person writes it."""
    if value is None:
        return PRESENT[person["language"]]
    year, _, month = value.partition("-")
    if not month:
        return year
    number, style, language = int(month), person["dates"], person["language"]
    names = MONTHS.get(language, "").split()
    if style == "month_short":
        return f"{names[number - 1][:3]} {year}"
    if style == "month_long":
        return f"{names[number - 1]} {'de ' if language == 'es' else ''}{year}"
    return {"slash": f"{month}/{year}", "dot": f"{month}.{year}", "iso": value, "dot_iso": f"{year}.{month}", "han": f"{year}年{number}月", "year": year}[style]


def span(entry, person):
    return f"{date(entry['start'], person)} – {date(entry['end'], person)}"


def years(entry):
    return " – ".join(part for part in (entry.get("start"), entry.get("end")) if part)


def contact(person):
    email, phone = LABELS[person["language"]]
    parts = [f"{email}: {person['email']}" if person["email"] else "", f"{phone}: {person['phone']}" if person["phone"] else "", person["location"], *person["links"]]
    return [part for part in parts if part]


def sections(person):
    """(kind, heading, content) of what is there, in the order of the page."""
    about, work, study, skills, languages, certificates, _ = HEADINGS[person["language"]]
    named = [("text", about, person["summary"]), ("work", work, person["experience"]), ("study", study, person["education"]),
             ("skills", skills, person["skills"]), ("list", certificates, person["certifications"]), ("line", languages, person["languages"])]
    return [section for section in named if section[2]]


def joined(items, language):
    return ("、" if language == "zh" else ", ").join(items)


# One entry of work as rows of (left, right, lines): what stands where is the layout's choice.
def entry_lines(entry, person, shape):
    title, organization, place, when = entry["title"], entry["organization"], entry["place"], span(entry, person)
    if shape == "plain":
        return [(f"{title}, {organization} ({when})" if person["language"] != "zh" else f"{title}，{organization}，{when}", "")]
    if shape == "margin":
        return [(title, when), (", ".join(part for part in (organization, place) if part), "")]
    if shape == "stacked":
        return [(organization, ""), (title, ""), (" · ".join(part for part in (when, place) if part), "")]
    return [(f"{organization} – {title}", ""), (when, "")]


# ---- text ----

def as_text(person, shape, markdown):
    mark = (lambda heading: f"## {heading}") if markdown else (lambda heading: heading.upper())
    bullet = "- " if markdown else "• "
    lines = [f"# {person['name']}" if markdown else person["name"], person["headline"], " | ".join(contact(person))]
    for kind, heading, content in sections(person):
        lines += ["", mark(heading)]
        if kind == "text":
            lines.append(content)
        elif kind == "work":
            for entry in content:
                rows = [left for left, _ in entry_lines(entry, person, shape)]
                lines += ([f"**{rows[0]}**", *rows[1:]] if markdown else rows) + [bullet + done for done in entry["highlights"]] + [""]
        elif kind == "study":
            lines += [", ".join(part for part in (e["degree"], e["organization"], years(e)) if part) for e in content]
        elif kind == "list":
            lines += [bullet + item for item in content]
        else:
            lines.append(joined(content, person["language"]))
    return "\n".join(line for line in lines if line is not None) + "\n"


# ---- DOCX ----

def as_docx(person, shape, path):
    document = Document()
    document.core_properties.author = ""
    document.add_paragraph(person["name"], style="Title")
    document.add_paragraph(person["headline"])
    document.add_paragraph(" | ".join(contact(person)))
    for kind, heading, content in sections(person):
        document.add_paragraph(heading, style="Heading 1")
        if kind == "text":
            document.add_paragraph(content)
        elif kind == "work" and shape == "table":
            rows_docx(document, [(span(e, person), [f"{e['title']}", ", ".join(p for p in (e["organization"], e["place"]) if p)], e["highlights"]) for e in content])
        elif kind == "work":
            for entry in content:
                for left, right in entry_lines(entry, person, shape):
                    paragraph = document.add_paragraph(left + ("\t" + right if right else ""))
                    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT)
                for done in entry["highlights"]:
                    document.add_paragraph(done, style="List Bullet")
        elif kind == "study" and shape == "table":
            rows_docx(document, [(years(e), [", ".join(p for p in (e["degree"], e["organization"]) if p)], []) for e in content])
        elif kind == "study":
            for e in content:
                document.add_paragraph(", ".join(part for part in (e["degree"], e["organization"], years(e)) if part))
        elif kind == "list" or kind == "skills" and shape == "stacked":
            for item in content:
                document.add_paragraph(item, style="List Bullet")
        else:
            document.add_paragraph(joined(content, person["language"]))
    document.save(path)


def rows_docx(document, rows):
    table = document.add_table(rows=0, cols=2)
    for when, head, done in rows:
        left, right = table.add_row().cells
        left.text = when
        right.text = head[0]
        for line in head[1:]:
            right.add_paragraph(line)
        for line in done:
            right.add_paragraph(line, style="List Bullet").paragraph_format.space_after = Pt(2)


# ---- PDF, printed by a browser ----

STYLE = """@page{size:A4;margin:1.6cm} body{font:10.5pt/1.45 'DejaVu Sans','Noto Sans CJK SC','Lohit Devanagari',sans-serif;margin:0}
h1{font-size:20pt;margin:0} h2{font-size:13pt;margin:14pt 0 4pt} p{margin:0 0 2pt} ul{margin:2pt 0 6pt;padding-left:14pt}
.row{display:flex;justify-content:space-between} .two{display:flex;gap:22pt} .side{width:31%} .main{flex:1}
.side p{font-size:9pt} td{vertical-align:top;padding:0 12pt 6pt 0} td:first-child{width:4.6cm} b{font-weight:600}"""


def as_html(person, shape):
    e = html.escape
    paragraph = lambda text: f"<p>{e(text)}</p>"
    bullets = lambda items: "<ul>" + "".join(f"<li>{e(item)}</li>" for item in items) + "</ul>" if items else ""

    def section(kind, heading, content):
        out = f"<h2>{e(heading)}</h2>"
        if kind == "text":
            return out + paragraph(content)
        if kind == "work" and shape == "table":
            rows = [f"<tr><td>{e(span(w, person))}</td><td><b>{e(w['title'])}</b><br>{e(', '.join(p for p in (w['organization'], w['place']) if p))}{bullets(w['highlights'])}</td></tr>" for w in content]
            return out + "<table>" + "".join(rows) + "</table>"
        if kind == "study" and shape == "table":
            rows = [f"<tr><td>{e(years(s))}</td><td>{e(s['degree'])}<br>{e(s['organization'])}</td></tr>" for s in content]
            return out + "<table>" + "".join(rows) + "</table>"
        if kind == "work":
            for w in content:
                lines = entry_lines(w, person, shape)
                out += "".join(f"<div class=row><b>{e(left)}</b><span>{e(right)}</span></div>" if right else paragraph(left) for left, right in lines)
                out += bullets(w["highlights"])
            return out
        if kind == "study":
            return out + "".join(paragraph(", ".join(part for part in (s["degree"], s["organization"], years(s)) if part)) for s in content)
        if kind == "list" or shape == "sidebar" and kind in ("skills", "line"):
            return out + "".join(paragraph(item) for item in content)
        return out + paragraph(joined(content, person["language"]))

    head = f"<h1>{e(person['name'])}</h1>{paragraph(person['headline'])}"
    if shape == "sidebar":
        beside = [s for s in sections(person) if s[0] in ("skills", "line", "list")]
        main = [s for s in sections(person) if s not in beside]
        side = f"<h2>{e(HEADINGS[person['language']][6])}</h2>" + "".join(paragraph(part) for part in contact(person))
        body = f"<div class=two><div class=side>{side}{''.join(section(*s) for s in beside)}</div><div class=main>{head}{''.join(section(*s) for s in main)}</div></div>"
    else:
        body = head + paragraph(" | ".join(contact(person))) + "".join(section(*s) for s in sections(person))
    return f"<!doctype html><html lang={person['language']}><meta charset=utf-8><style>{STYLE}</style><body>{body}</body></html>"


def as_pdf(person, shape, path):
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder) / "page.html"
        page.write_text(as_html(person, shape), encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile", "--no-pdf-header-footer", f"--print-to-pdf={path}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True)


# ---- people from elsewhere ----

def month(value):
    parts = (value or "").split("-")
    return "-".join(parts[:2]) if parts[0].isdigit() and len(parts[0]) == 4 else None


def from_json_resume(name, data):
    basics = data.get("basics") or {}
    place = basics.get("location") or {}
    work = [{"title": w.get("position"), "organization": w.get("company") or w.get("name"), "place": "", "start": month(w.get("startDate")), "end": month(w.get("endDate")), "highlights": w.get("highlights") or []} for w in data.get("work") or []]
    study = [{"degree": " ".join(filter(None, (s.get("studyType"), s.get("area")))), "organization": s.get("institution"), "start": (s.get("startDate") or "")[:4], "end": (s.get("endDate") or "")[:4]} for s in data.get("education") or []]
    skills = [word for s in data.get("skills") or [] for word in (s.get("keywords") or [s.get("name")])]
    languages = [f"{l.get('language')} ({l.get('fluency') or l.get('level')})" for l in data.get("languages") or []]
    return person_of(name, basics.get("name"), basics.get("label"), basics.get("email"), basics.get("phone"), place, [basics.get("website") or basics.get("url")], work, study, skills, languages)


def from_fresh(name, data):
    contacts, study = data.get("contact") or {}, (data.get("education") or {}).get("history") or []
    work = [{"title": w.get("position"), "organization": w.get("employer"), "place": "", "start": month(w.get("start")), "end": month(w.get("end")), "highlights": w.get("highlights") or []} for w in (data.get("employment") or {}).get("history") or []]
    study = [{"degree": s.get("title") or " ".join(filter(None, (s.get("degree"), s.get("area")))), "organization": s.get("institution"), "start": (s.get("start") or "")[:4], "end": (s.get("end") or "")[:4]} for s in study]
    named = data.get("skills") or {}
    skills = [word for s in named.get("sets") or [] for word in s.get("skills") or []] or [s.get("name") for s in named.get("list") or []]
    languages = [f"{l.get('language')} ({l.get('level')})" for l in data.get("languages") or []]
    return person_of(name, data.get("name"), (data.get("info") or {}).get("label"), contacts.get("email"), contacts.get("phone"), data.get("location") or {}, [contacts.get("website")], work, study, skills, languages)


def person_of(identity, name, headline, email, phone, place, links, work, study, skills, languages):
    if not name or not (work or skills):
        return None
    where = ", ".join(part for part in (place.get("city"), place.get("region")) if part)
    work = [w for w in work if w["title"] and w["organization"] and w["start"]]
    study = [s for s in study if s["organization"]]
    return {"id": identity, "language": "en", "dates": "month_short", "name": name, "headline": headline or "", "email": email, "phone": phone, "location": where,
            "links": [link for link in links if link], "summary": "", "experience": work, "education": study, "skills": list(dict.fromkeys(filter(None, skills))),
            "languages": languages, "certifications": [], "layouts": LAYOUTS}


def others(folder):
    for path in sorted(pathlib.Path(folder).rglob("*.json")):
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            continue
        make = from_json_resume if "basics" in data else from_fresh
        person = make(f"{path.parent.name}_{path.stem}", data)
        if person:
            yield person


def expected(person):
    known = {key: person[key] or None for key in ("email", "phone", "location")}
    known["name"] = person.get("plain_name", person["name"])
    known.update({key: person[key] for key in ("links", "skills", "languages", "certifications")})
    known["experience"] = [{key: e[key] for key in ("title", "organization", "start", "end")} for e in person["experience"]]
    known["education"] = [{key: e.get(key) or None for key in ("degree", "organization", "end")} for e in person["education"]]
    return known


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--from", dest="source")
    parser.add_argument("--out", type=pathlib.Path, default=KNOWN)
    parser.add_argument("--every-layout", action="store_true", help="also those that are not checked in")
    options = parser.parse_args()
    people = list(others(options.source)) if options.source else json.loads((KNOWN / "people.json").read_text(encoding="utf-8"))
    options.out.mkdir(parents=True, exist_ok=True)
    answers = {}
    for person in people:
        for layout in LAYOUTS if options.every_layout else person["layouts"]:
            shape, kind = layout.split(".")
            path = options.out / f"{person['id']}.{shape}.{kind}"
            if kind == "pdf":
                as_pdf(person, shape, path)
            elif kind == "docx":
                as_docx(person, shape, path)
            else:
                path.write_text(as_text(person, shape, kind == "md"), encoding="utf-8")
            answers[path.name] = expected(person)
    (options.out / "expected.json").write_text(json.dumps(answers, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
