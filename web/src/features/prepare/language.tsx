import { useAbout } from '@/api/about';
import { Select } from '@/components/field';
import { modelsFor } from '@/lib/outside';

/** A language by its own name, such as "Deutsch". */
export function nameOf(code: string): string {
  return new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
}

function hint(code: string, isLed: boolean): string {
  if (isLed) return 'Should the model fail, questions that we do not have in it come in English.';
  if (code === 'en') return 'Without a language model, there are fewer questions in other languages.';
  return 'Judged by key points, without structure and confidence. How far such marks agree with people was measured in English only.';
}

/** In which language the interview is held; nothing to choose where there is only one. */
export function Language({
  code,
  onChange,
  error,
}: {
  code: string;
  onChange: (code: string) => void;
  error?: string;
}) {
  const { data: about } = useAbout();
  const languages = about?.languages ?? [];
  if (languages.length < 2) return null;
  return (
    <Select
      label="Language"
      hint={hint(code, modelsFor(about?.outside ?? [], 'interviewing') !== null)}
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
