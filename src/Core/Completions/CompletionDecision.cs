using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Completions;

/// <summary>What completions of one user do to what the user holds of one certification.</summary>
/// <param name="Used">Those that had their say, also where nothing changes; one that failed can be tried again another day.</param>
public sealed record CompletionDecision(Decision Decision, IReadOnlyList<Completion> Used)
{
    public IReadOnlyList<CompletionMark> MarksFor(CertificationCode code) => [.. Used.Select(completion => new CompletionMark(code, completion))];
}
