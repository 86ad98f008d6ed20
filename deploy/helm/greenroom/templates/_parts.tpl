{{- define "greenroom.name" -}}
{{- if contains "greenroom" .Release.Name }}{{ .Release.Name }}{{ else }}{{ .Release.Name }}-greenroom{{ end }}
{{- end }}

{{- define "greenroom.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "greenroom.selector" -}}
app.kubernetes.io/name: greenroom
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "greenroom.labels" -}}
{{ include "greenroom.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "greenroom.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "greenroom.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{- /* Everything that a process of ours is told. */}}
{{- define "greenroom.environment" -}}
env:
  - name: DATABASE_URL
    valueFrom:
      secretKeyRef:
        name: {{ .Values.database.existingSecret | default (printf "%s-database" (include "greenroom.name" .)) }}
        key: url
  - name: REDIS_URL
    valueFrom:
      secretKeyRef:
        name: {{ .Values.redis.existingSecret | default (printf "%s-redis" (include "greenroom.name" .)) }}
        key: url
  - name: GREENROOM__ACCOUNTS__TOKEN_KEY
    valueFrom:
      secretKeyRef:
        name: {{ .Values.keys.existingSecret | default (printf "%s-keys" (include "greenroom.name" .)) }}
        key: token-key
  - name: GREENROOM__SECRETS__KEY
    valueFrom:
      secretKeyRef:
        name: {{ .Values.keys.existingSecret | default (printf "%s-keys" (include "greenroom.name" .)) }}
        key: secret-key
  {{- if .Values.voice.webrtc.enabled }}
  - { name: NODE_ADDRESS, valueFrom: { fieldRef: { fieldPath: status.hostIP } } }
  - name: GREENROOM__VOICE__WEBRTC__ADVERTISE
    value: '["{{ .Values.voice.webrtc.address | default "$(NODE_ADDRESS)" }}"]'
  {{- end }}
envFrom:
  - configMapRef: { name: {{ include "greenroom.name" . }} }
  {{- with .Values.objects.existingSecret }}
  - secretRef: { name: {{ . }} }
  {{- end }}
  {{- with .Values.settingsFrom }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}

{{- define "greenroom.volumes" -}}
- { name: data, emptyDir: {} }
- { name: tmp, emptyDir: {} }
{{- end }}

{{- define "greenroom.mounts" -}}
- { name: data, mountPath: /data }
- { name: tmp, mountPath: /tmp }
{{- end }}
