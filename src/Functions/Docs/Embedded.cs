namespace CertFunctions.Functions.Docs;

/// <summary>Files that the build puts into the app.</summary>
internal static class Embedded
{
    /// <returns>Null: there is no such file.</returns>
    public static Stream? Open(string name) => typeof(Embedded).Assembly.GetManifestResourceStream(name);
}
