using System.Text.Json;
using System.Text.Json.Serialization;
using CertFunctions.Core;
using CertFunctions.Core.Certifications;

namespace CertFunctions.Functions.Storage;

/// <summary>How records lie as JSON inside a row.</summary>
internal static class StorageJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Converters =
        {
            new JsonStringEnumConverter(),
            new TextConverter<LmsId>(LmsId.Parse),
            new TextConverter<JobId>(JobId.Parse),
            new TextConverter<CertificationCode>(CertificationCode.Parse),
        },
    };

    private sealed class TextConverter<T>(Func<string, T> parse) : JsonConverter<T>
        where T : class
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
