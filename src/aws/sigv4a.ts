// Signing for global endpoints. The SDK uses it when it has been loaded, and does not say so in any other way.
import "@aws-sdk/signature-v4a";
