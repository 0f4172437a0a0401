using CertFunctions.Core.Awards;

namespace CertFunctions.Functions.Pages.Awards;

public sealed record UnassignModel(ListedAward Award, string Reason, FieldErrors Errors);
