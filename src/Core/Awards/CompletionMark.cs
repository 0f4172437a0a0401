using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Awards;

/// <summary>That a completion has been used for a certification: whatever becomes of the award, it awards that certification no more.</summary>
public sealed record CompletionMark(CertificationCode CertificationCode, Completion Completion);
