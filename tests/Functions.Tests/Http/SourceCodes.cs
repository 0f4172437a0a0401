using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CertFunctions.Functions.Tests.Http;

/// <summary>The codes that stand in the sources, found by the calls that take them.</summary>
internal static partial class SourceCodes
{
    private static readonly string[] Projects = ["Core", "Functions"];

    public static HashSet<string> OfAnswers() => Find(Problems(), file => !IsOfFiles(file));

    public static HashSet<string> OfResults()
    {
        var ids = Find(IdColumns(), IsOfFiles).Select(column => $"{JsonNamingPolicy.SnakeCaseLower.ConvertName(column)}_invalid");
        return [.. Find(Decisions(), _ => true), .. Find(RowErrors(), IsOfFiles), .. ids];
    }

    /// <summary>A file that cannot be read is refused, and then its job fails with the code.</summary>
    public static HashSet<string> OfJobs() => [.. Find(Failures(), _ => true), .. Find(Problems(), IsOfFiles)];

    private static HashSet<string> Find(Regex calls, Func<string, bool> inFile) =>
        [.. Sources().Where(inFile).SelectMany(file => calls.Matches(File.ReadAllText(file)).Select(match => match.Groups["code"].Value))];

    private static IEnumerable<string> Sources() => Projects
        .SelectMany(project => System.IO.Directory.EnumerateFiles(Path.Combine(Folder(), project), "*.cs", SearchOption.AllDirectories));

    private static bool IsOfFiles(string file) => file.StartsWith(Path.Combine(Folder(), "Core", "Ingestion"), StringComparison.Ordinal);

    private static string Folder([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../../src"));

    [GeneratedRegex("""(Rejection\.(Invalid|NotFound|Conflict|Unprocessable)\(|RejectionKind\.\w+,|new\(\d{3},)\s*"(?<code>[a-z_]+)"\s*,""")]
    private static partial Regex Problems();

    [GeneratedRegex("""(Decision\.(Fail|Skip)\(|ChangeOutcome\.\w+,|StopAsync\([^"()]*,)\s*"(?<code>[a-z_]+)"\s*,""")]
    private static partial Regex Decisions();

    [GeneratedRegex("""new(\sRowError)?\(\s*"(?<code>[a-z_]+)"\s*,""")]
    private static partial Regex RowErrors();

    [GeneratedRegex("""IdInvalid\(CsvColumns\.(?<code>\w+)""")]
    private static partial Regex IdColumns();

    [GeneratedRegex("""(\bFailed|FailAsync)\([^"()]*"(?<code>[a-z_]+)"\s*,""")]
    private static partial Regex Failures();
}
