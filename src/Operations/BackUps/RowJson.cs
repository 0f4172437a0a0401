using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;

namespace CertFunctions.Operations.BackUps;

/// <summary>A row of a table as a line of JSON: <c>{"pk":…,"rk":…,"properties":{name:[type,value]}}</c>, since JSON alone knows too few types.</summary>
internal static class RowJson
{
    private static readonly string[] Own = ["odata.etag", "PartitionKey", "RowKey", "Timestamp"];

    public static string Write(TableEntity row)
    {
        var properties = new JsonObject();
        foreach (var (name, value) in row.Where(property => !Own.Contains(property.Key) && property.Value is not null))
        {
            properties[name] = Write(value);
        }

        return new JsonObject { ["pk"] = row.PartitionKey, ["rk"] = row.RowKey, ["properties"] = properties }.ToJsonString();
    }

    public static TableEntity Read(string line)
    {
        using var json = JsonDocument.Parse(line);
        var row = new TableEntity(json.RootElement.GetProperty("pk").GetString(), json.RootElement.GetProperty("rk").GetString());
        foreach (var property in json.RootElement.GetProperty("properties").EnumerateObject())
        {
            row[property.Name] = Read(property.Value[0].GetString()!, property.Value[1]);
        }

        return row;
    }

    private static JsonArray Write(object value) => value switch
    {
        string text => ["text", text],
        int number => ["int32", number],
        long number => ["int64", number],
        double number => ["double", number.ToString("R", CultureInfo.InvariantCulture)],
        bool flag => ["bool", flag],
        DateTimeOffset time => ["time", time.ToString("O", CultureInfo.InvariantCulture)],
        Guid id => ["guid", id.ToString()],
        byte[] bytes => ["bytes", Convert.ToBase64String(bytes)],
        BinaryData bytes => ["bytes", Convert.ToBase64String(bytes)],
        _ => throw new OperationException($"A row has a property of type {value.GetType().Name}, which tables do not know."),
    };

    private static object Read(string type, JsonElement value) => type switch
    {
        "text" => value.GetString()!,
        "int32" => value.GetInt32(),
        "int64" => value.GetInt64(),
        "double" => double.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        "bool" => value.GetBoolean(),
        "time" => DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        "guid" => value.GetGuid(),
        "bytes" => value.GetBytesFromBase64(),
        _ => throw new OperationException($"A row of the back-up has a property of type {type}, which tables do not know."),
    };
}
