import { FileText, X } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { Button } from './button';
import styles from './drop-zone.module.css';
import field from './field.module.css';

type DropZoneProps = { file: File | null; onChange: (file: File | null) => void };

/** A native file input, wide enough to drop a file on. */
export function DropZone({ file, onChange }: DropZoneProps) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const id = useId();
  const clear = () => {
    if (input.current) input.current.value = '';
    onChange(null);
    input.current?.focus();
  };
  return (
    <div className={field.field}>
      <label className={field.label} htmlFor={id}>
        Your resume <span className="soft">(optional)</span>
      </label>
      <div className={`${styles.zone} ${over ? styles.over : ''}`}>
        <input
          ref={input}
          id={id}
          type="file"
          className={styles.input}
          accept=".pdf,.docx,.txt,.md,application/pdf,text/plain"
          aria-describedby={`${id}-hint`}
          onDragEnter={() => setOver(true)}
          onDragLeave={() => setOver(false)}
          onDrop={() => setOver(false)}
          onChange={(event) => onChange(event.target.files?.[0] ?? null)}
        />
        <FileText aria-hidden size={22} />
        <span id={`${id}-hint`} className={styles.words} aria-live="polite">
          {file ? file.name : 'Drop a PDF, DOCX or text file here, or click to choose'}
        </span>
        {file && (
          <Button look="quiet" className={styles.clear} onClick={clear} aria-label={`Take out ${file.name}`}>
            <X aria-hidden size={18} />
          </Button>
        )}
      </div>
    </div>
  );
}
