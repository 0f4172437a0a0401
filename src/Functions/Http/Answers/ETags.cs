namespace CertFunctions.Functions.Http.Answers;

/// <summary>Public versions as entity tags (RFC 9110, 8.8.3).</summary>
internal static class ETags
{
    public static string Of(string version) => $"\"{version}\"";
}
