import { useEffect, useState } from 'react';
import { Select } from '@/components/field';
import { soundDevices } from '@/lib/sound/microphone';
import type { PreferredDevices } from '@/lib/sound/preferred-devices';
import styles from './sound.module.css';

type Props = { chosen: PreferredDevices; onChange: (chosen: PreferredDevices) => void };

/** Which microphone and which speaker. A browser that cannot choose the speaker shows the microphone alone. */
export function Devices({ chosen, onChange }: Props) {
  const [known, setKnown] = useState<{ inputs: MediaDeviceInfo[]; outputs: MediaDeviceInfo[] }>();
  useEffect(() => {
    let gone = false;
    const look = async () => {
      const devices = await soundDevices();
      if (!gone) setKnown(devices);
    };
    void look();
    navigator.mediaDevices?.addEventListener('devicechange', look);
    return () => {
      gone = true;
      navigator.mediaDevices?.removeEventListener('devicechange', look);
    };
  }, []);
  if (!known) return null;
  return (
    <div className={styles.devices}>
      <DeviceSelect
        label="Microphone"
        devices={known.inputs}
        value={chosen.input}
        onChange={(input) => onChange({ ...chosen, input })}
      />
      {known.outputs.length > 0 && (
        <DeviceSelect
          label="Speaker or headphones"
          devices={known.outputs}
          value={chosen.output}
          onChange={(output) => onChange({ ...chosen, output })}
        />
      )}
    </div>
  );
}

type SelectProps = {
  label: string;
  devices: MediaDeviceInfo[];
  value: string;
  onChange: (deviceId: string) => void;
};

function DeviceSelect({ label, devices, value, onChange }: SelectProps) {
  // What was chosen another time may be unplugged now.
  const at = devices.some(({ deviceId }) => deviceId === value) ? value : '';
  return (
    <Select label={label} value={at} onChange={(event) => onChange(event.target.value)}>
      <option value="">As the system has it</option>
      {devices
        .filter(({ deviceId }) => deviceId !== 'default')
        .map(({ deviceId, label: name }) => (
          <option key={deviceId} value={deviceId}>
            {name}
          </option>
        ))}
    </Select>
  );
}
