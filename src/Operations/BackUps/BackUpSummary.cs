using System.Text.Json;

namespace CertFunctions.Operations.BackUps;

/// <summary>What a back-up holds: written last, so that a folder without it is none.</summary>
/// <param name="Tables">Rows by table.</param>
/// <param name="Containers">Blobs by container.</param>
/// <param name="Queues">Messages by queue.</param>
internal sealed record BackUpSummary(
    int SchemaVersion, DateTimeOffset TakenAt, IReadOnlyDictionary<string, int> Tables, IReadOnlyDictionary<string, int> Containers,
    IReadOnlyDictionary<string, int> Queues)
{
    private const string FileName = "back-up.json";
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public override string ToString() => $"{Tables.Values.Sum()} rows, {Containers.Values.Sum()} blobs, {Queues.Values.Sum()} messages";

    /// <exception cref="OperationException">The folder holds no whole back-up.</exception>
    public static async Task<BackUpSummary> ReadAsync(BackUpFolder folder, CancellationToken cancellationToken)
    {
        var path = folder.PathOf(FileName);
        return File.Exists(path)
            ? JsonSerializer.Deserialize<BackUpSummary>(await File.ReadAllTextAsync(path, cancellationToken), Indented)!
            : throw new OperationException($"{folder} holds no whole back-up: {FileName} is missing.");
    }

    public Task WriteAsync(BackUpFolder folder, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(folder.PathOf(FileName), JsonSerializer.Serialize(this, Indented), cancellationToken);
}
