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

{{- /* Made by the operator, never by the chart: a rendering that cannot ask the cluster would make new ones each time. */}}
{{- define "greenroom.keys" -}}
{{- required "say keys.existingSecret, a Secret with token-key and secret-key; docs/deployment.md says how to make one" .Values.keys.existingSecret }}
{{- end }}

{{- define "greenroom.settings" -}}
GREENROOM__DATA_DIR: /data
GREENROOM__OBJECTS__URL: {{ required "say objects.url: s3://BUCKET/PREFIX, gs://… or az://…" .Values.objects.url | quote }}
GREENROOM__SERVER__LISTEN: 0.0.0.0:8080
GREENROOM__SERVER__METRICS_LISTEN: 0.0.0.0:9090
GREENROOM__SERVER__SECURE_COOKIES: "true"
# The ingress controller; settings below take its place. GREENROOM__SERVER__PUBLIC_URL belongs there as well.
{{- if not (hasKey .Values.settings "GREENROOM__SERVER__TRUSTED_PROXIES") }}
GREENROOM__SERVER__TRUSTED_PROXIES: '["10.0.0.0/8","172.16.0.0/12","192.168.0.0/16"]'
{{- end }}
GREENROOM__VOICE__WEBRTC__ENABLED: {{ .Values.voice.webrtc.enabled | toString | quote }}
GREENROOM__VOICE__WEBRTC__LISTEN: "0.0.0.0:{{ .Values.voice.webrtc.hostPort }}"
{{- range $key, $value := .Values.settings }}
{{ $key }}: {{ $value | toString | quote }}
{{- end }}
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
        name: {{ include "greenroom.keys" . }}
        key: token-key
  - name: GREENROOM__SECRETS__KEY
    valueFrom:
      secretKeyRef:
        name: {{ include "greenroom.keys" . }}
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

{{- /* Gone with the pod. */}}
{{- define "greenroom.volumes" -}}
- { name: data, emptyDir: {} }
- { name: tmp, emptyDir: {} }
{{- end }}

{{- define "greenroom.mounts" -}}
- { name: data, mountPath: /data }
- { name: tmp, mountPath: /tmp }
{{- end }}
