import { useAbout } from '@/api/about';
import { Select } from '@/components/field';

/** A language by its own name, such as "Deutsch". */
export function nameOf(code: string): string {
  return new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
}

/** In which language the interview is held; nothing to choose where no model speaks another one. */
export function Language({
  code,
  onChange,
  error,
}: {
  code: string;
  onChange: (code: string) => void;
  error?: string;
}) {
  const languages = useAbout().data?.languages ?? [];
  if (languages.length < 2) return null;
  return (
    <Select
      label="Language"
      hint="Should the model fail, questions come in English."
      value={code}
      onChange={(event) => onChange(event.target.value)}
      error={error}
    >
      {languages.map((language) => (
        <option key={language} value={language} lang={language}>
          {nameOf(language)}
        </option>
      ))}
    </Select>
  );
}
