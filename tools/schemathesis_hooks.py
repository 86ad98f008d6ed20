"""What scripts/fuzz-api has to be told besides its settings: sound is sent as the bytes that it is."""

import schemathesis

schemathesis.serializer.alias(["audio/pcm", "audio/wav"], "application/octet-stream")
