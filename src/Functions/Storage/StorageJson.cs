using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CertFunctions.Core;
using CertFunctions.Core.Certifications;

namespace CertFunctions.Functions.Storage;

/// <summary>How records lie as JSON inside a row.</summary>
internal static class StorageJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameKinds } },
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

    /// <summary>Lets the kinds of a record be told apart by the names that they are stored under (<see cref="StoredAsAttribute"/>).</summary>
    private static void NameKinds(JsonTypeInfo type)
    {
        if (!type.Type.IsAbstract || type.Type.Assembly != typeof(StoredAsAttribute).Assembly)
        {
            return;
        }

        var kinds = type.Type.Assembly.GetTypes()
            .Where(kind => kind.IsSubclassOf(type.Type))
            .Select(kind => (Kind: kind, kind.GetCustomAttribute<StoredAsAttribute>()?.Name))
            .Where(kind => kind.Name is not null);
        foreach (var (kind, name) in kinds)
        {
            type.PolymorphismOptions ??= new JsonPolymorphismOptions();
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(kind, name!));
        }
    }

    private sealed class TextConverter<T>(Func<string, T> parse) : JsonConverter<T>
        where T : class
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
